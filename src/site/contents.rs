//! What a file of a site holds. The style that stands in every page is held once for all of them.

use std::sync::Arc;

/// The bytes of one file.
#[derive(Clone, Debug)]
pub struct Contents {
    before: String,
    /// The style, between what stands before it and after it; `None` where there is none.
    style: Option<Arc<str>>,
    after: String,
}

impl Contents {
    /// A text.
    pub(super) fn of(text: String) -> Self {
        Self {
            before: text,
            style: None,
            after: String::new(),
        }
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
        Self {
            before: text,
            style: Some(Arc::clone(style)),
            after,
        }
    }

    /// The bytes, in order.
    pub fn pieces(&self) -> [&[u8]; 3] {
        let style = self.style.as_deref().unwrap_or_default();
        [&self.before, style, &self.after].map(str::as_bytes)
    }

    /// The bytes in one.
    pub fn whole(&self) -> Vec<u8> {
        self.pieces().concat()
    }

    /// The text but for the style.
    pub(super) fn own_text(&self) -> [&str; 2] {
        [&self.before, &self.after]
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
            assert_eq!(contents.own_text(), own, "{style}");
        }
    }
}
