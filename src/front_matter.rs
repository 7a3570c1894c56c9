//! Where a file's front matter lies: TOML between two lines `+++`, and the Markdown after them.
//!
//! Nothing is copied or trimmed: the answer is ranges of bytes in the whole file, so that every place found in the TOML
//! or in the body is a place in the file by adding the start of its range.

use std::ops::Range;

/// The parts of a file, as bytes of the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The first `+++`.
    pub fence: Range<usize>,
    /// The TOML, from the line after the first fence to the second fence.
    pub toml: Range<usize>,
    /// The Markdown, from the line after the second fence to the end of the file.
    pub body: Range<usize>,
}

/// Why a file has no front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoFrontMatter {
    /// There is nothing in the file but white space.
    Empty,
    /// Its first line with words, which is not `+++`.
    NotOpened(Range<usize>),
    /// Its `+++`, which no other follows.
    NotClosed(Range<usize>),
}

/// The byte-order mark, which some editors write before the text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Finds the front matter. A byte-order mark and blank lines before it, and white space after a fence, are accepted.
///
/// # Errors
/// Where a fence is missing.
pub fn split(text: &str) -> Result<FrontMatter, NoFrontMatter> {
    let mut lines = lines(text).filter_map({
        let mut begun = false;
        move |line| {
            begun |= !text.get(line.words.clone()).unwrap_or_default().is_empty();
            begun.then_some(line)
        }
    });
    let opening = lines.next().ok_or(NoFrontMatter::Empty)?;
    if !is_fence(text, &opening) {
        return Err(NoFrontMatter::NotOpened(opening.words));
    }
    let closing = lines
        .find(|line| is_fence(text, line))
        .ok_or_else(|| NoFrontMatter::NotClosed(opening.words.clone()))?;
    Ok(FrontMatter {
        fence: opening.words,
        toml: opening.end..closing.words.start,
        body: closing.end..text.len(),
    })
}

/// How many bytes of byte-order mark a text begins with.
pub fn byte_order_mark(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len_utf8()
    } else {
        0
    }
}

struct Line {
    /// Without the white space at its end.
    words: Range<usize>,
    /// One past its line feed.
    end: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mark = byte_order_mark(text);
    let mut start = mark;
    text.get(mark..)
        .unwrap_or_default()
        .split_inclusive('\n')
        .map(move |line| {
            let words = start..start + line.trim_end().len();
            start += line.len();
            Line { words, end: start }
        })
}

fn is_fence(text: &str, line: &Line) -> bool {
    text.get(line.words.clone()) == Some("+++")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn parts(text: &str) -> (&str, &str) {
        let found = split(text).unwrap();
        (text.get(found.toml).unwrap(), text.get(found.body).unwrap())
    }

    #[test]
    fn toml_and_body_are_cut_at_the_fences() {
        assert_eq!(parts("+++\na = 1\n+++\nbody\n"), ("a = 1\n", "body\n"));
        assert_eq!(parts("+++\r\na = 1\r\n+++\r\nbody"), ("a = 1\r\n", "body"));
        assert_eq!(parts("\u{feff}\n+++ \n+++"), ("", ""));
    }

    #[test]
    fn a_later_fence_belongs_to_the_body() {
        assert_eq!(parts("+++\n+++\nx\n+++\ny\n+++\n").1, "x\n+++\ny\n+++\n");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(split(" \n\n"), Err(NoFrontMatter::Empty));
        assert_eq!(split("# Title\n"), Err(NoFrontMatter::NotOpened(0..7)));
        assert_eq!(split("+++\na = 1\n"), Err(NoFrontMatter::NotClosed(0..3)));
        assert_eq!(split("+++"), Err(NoFrontMatter::NotClosed(0..3)));
    }

    proptest! {
        #[test]
        fn the_parts_joined_give_the_file_back(text in "(\u{feff})?[\r\n +aé]{0,40}") {
            if let Ok(found) = split(&text) {
                prop_assert_eq!(found.body.end, text.len());
                let between = text.get(found.toml.end..found.body.start).unwrap();
                prop_assert_eq!(between.trim_end(), "+++");
                prop_assert_eq!(text.get(found.fence.clone()).unwrap(), "+++");
                prop_assert!(text.get(found.toml).is_some());
            }
        }
    }
}
