//! What a file of a site holds, in pieces. What stands in many files, the style of the pages and the days of the calendars,
//! is held once for all of them.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;

/// The bytes of one file.
#[derive(Clone, Debug)]
pub struct Contents(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Own(String),
    Shared(Arc<str>),
}

impl Piece {
    fn text(&self) -> &str {
        match self {
            Self::Own(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl Contents {
    /// A text.
    pub(super) fn of(text: String) -> Self {
        Self(vec![Piece::Own(text)])
    }

    /// A page, with the style that it may have in it.
    pub(super) fn of_page(mut text: String, style: &Arc<str>) -> Self {
        let at = text.find(&**style).filter(|_| !style.is_empty());
        let Some(at) = at else {
            return Self::of(text);
        };
        let after = text.split_off(at + style.len());
        text.truncate(at);
        text.shrink_to_fit();
        Self::around([text, after], [Arc::clone(style)])
    }

    /// What stands before and after `shared`, and that.
    pub(super) fn around(own: [String; 2], shared: impl IntoIterator<Item = Arc<str>>) -> Self {
        let [before, after] = own.map(Piece::Own);
        let shared = shared.into_iter().map(Piece::Shared);
        Self([before].into_iter().chain(shared).chain([after]).collect())
    }

    /// The bytes, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|piece| piece.text().as_bytes())
    }

    /// The bytes in one.
    pub fn whole(&self) -> Vec<u8> {
        self.pieces().collect::<Vec<_>>().concat()
    }

    /// Writes the bytes.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_to(&self, writer: impl Write) -> io::Result<()> {
        // A calendar has thousands of small pieces.
        let mut writer = BufWriter::with_capacity(1 << 16, writer);
        self.pieces()
            .try_for_each(|piece| writer.write_all(piece))?;
        writer.flush()
    }

    /// The text but for what it shares with other files.
    pub(super) fn own_text(&self) -> String {
        let own = self.0.iter().filter_map(|piece| match piece {
            Piece::Own(text) => Some(text.as_str()),
            Piece::Shared(_) => None,
        });
        own.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_text() {
        for (style, own) in [
            ("b { }", ["<style>", "</style><p>b"]),
            ("", ["<style>b { }</style><p>b", ""]),
            ("i { }", ["<style>b { }</style><p>b", ""]),
        ] {
            let text = "<style>b { }</style><p>b";
            let contents = Contents::of_page(text.to_owned(), &Arc::from(style));
            assert_eq!(contents.whole(), text.as_bytes());
            assert_eq!(contents.own_text(), own.concat(), "{style}");
        }
    }
}
