//! A remark, or evidence: about an agreement, about what it names, or about an entry.

use super::subject::Subject;
use super::{
    Circumstances, Request, as_narrow_as, earlier, is_about_the_same, occurrence, tell_apart, text,
};
use crate::agreement::{Event, Visibility};
use crate::error::{Error, Result};
use crate::record::{Draft, EntryKind};

/// It says something, and about something that there is.
pub(super) fn decide(
    mut draft: Draft,
    subject: Option<Subject<'_>>,
    request: &Request,
    given: &Circumstances<'_>,
) -> Result<Draft> {
    if draft.note.is_none() && draft.evidence.is_empty() {
        return Err(Error::refused(
            "there is nothing to note; write the remark as --note \"...\", or name a file as --evidence FILE",
        ));
    }
    if let Some(number) = request.entry {
        let earlier = earlier(number, given)?;
        let asked = draft.visibility.take();
        as_narrow_as(&mut draft, earlier, given.agreement);
        let is_for_the_keeper = matches!(asked, Some(Visibility::Keeper(_)));
        if earlier.text != draft.text && is_for_the_keeper && asked > draft.visibility {
            return Err(Error::refused(format!(
                "the file has changed since entry {number}, and a remark on that says which text is the right one, which is kept from nobody who may see the entry; leave --visibility out, or, for a remark about something else, --entry"
            )));
        }
        draft.visibility = asked.max(draft.visibility);
    }
    match subject {
        Some(Subject::Obligation(obligation)) => {
            tell_apart(&mut draft, occurrence::named(request, obligation, given)?);
        }
        _ if request.occurrence.is_some() => {
            return Err(Error::refused(
                "--occurrence is for obligations; name one as AGREEMENT/OBLIGATION, or leave it out",
            ));
        }
        Some(Subject::Event(event)) if event.repeats => {
            see_that_there_is_such_a_time(&draft, event, given)?;
        }
        _ if draft.for_words.is_some() => {
            return Err(Error::refused(
                "--for says which of what comes more than once; name what that is, as AGREEMENT/OBLIGATION, or leave it out",
            ));
        }
        _ => {}
    }
    Ok(draft)
}

/// Words name a time of an event that repeats only where somebody has recorded one by them.
fn see_that_there_is_such_a_time(
    draft: &Draft,
    event: &Event,
    given: &Circumstances<'_>,
) -> Result<()> {
    let Some(words) = &draft.for_words else {
        return Ok(());
    };
    let mut told = given
        .record
        .standing()
        .filter(|entry| is_about_the_same(entry, draft) && entry.kind == EntryKind::Happened);
    if told.any(|entry| entry.for_words.as_ref() == Some(words)) {
        return Ok(());
    }
    let (agreement, id) = (&given.agreement.id, &event.id);
    let words = text::shown(words);
    Err(Error::refused(format!(
        "no time of `{id}` is recorded for \"{words}\"; `sideletter log {agreement}` lists those that are. Another is recorded first: sideletter record happened {agreement}/{id} --on DATE --for \"{words}\""
    )))
}
