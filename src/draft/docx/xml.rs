//! XML, element by element, without document types and without entities but XML's own five.

use crate::draft::Unreadable;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The deepest nesting that is read.
const DEEPEST: usize = 500;

/// What comes next.
#[derive(Debug)]
pub(super) enum Piece {
    /// An element begins: its name without a prefix, and its attributes so too.
    Start(String, Vec<(String, String)>),
    /// It ends.
    End(String),
    /// Text.
    Text(String),
}

fn damaged() -> Unreadable {
    Unreadable::new(
        "is damaged: its XML breaks off or is not well formed",
        "open it in Word or LibreOffice and save it anew",
    )
}

/// Hands each piece to `take`, in order.
pub(super) fn pieces(
    text: &str,
    mut take: impl FnMut(Piece) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unreadable::new(
                        format!("is nested more than {DEEPEST} deep"),
                        "open it in Word or LibreOffice and save it anew",
                    ));
                }
                take(started(&start)?)?;
            }
            Event::Empty(start) => {
                let piece = started(&start)?;
                let name = start.local_name().as_ref().to_owned();
                take(piece)?;
                take(Piece::End(name))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::End(end.local_name().as_ref().to_owned()))?;
            }
            Event::Text(words) => take(Piece::Text(words.to_string()))?,
            Event::CData(words) => take(Piece::Text(words.to_string()))?,
            Event::GeneralRef(reference) => {
                let number = reference.resolve_char_ref().map_err(|_| damaged())?;
                let character = match number {
                    Some(character) => character,
                    None => own_entity(&reference).ok_or_else(|| {
                        Unreadable::new(
                            "names an entity that is not XML's own, which is not looked up",
                            "open it in Word or LibreOffice and save it anew",
                        )
                    })?,
                };
                take(Piece::Text(character.to_string()))?;
            }
            Event::DocType(_) => {
                return Err(Unreadable::new(
                    "declares a document type, which no document of Word does",
                    "open it in Word or LibreOffice and save it anew",
                ));
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn own_entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn started(start: &BytesStart<'_>) -> Result<Piece, Unreadable> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| damaged())?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|_| damaged())?;
        attributes.push((
            attribute.key.local_name().as_ref().to_owned(),
            value.into_owned(),
        ));
    }
    Ok(Piece::Start(
        start.local_name().as_ref().to_owned(),
        attributes,
    ))
}

/// The value of an attribute.
pub(super) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}
