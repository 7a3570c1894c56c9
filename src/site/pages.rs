//! Where the files of a site go: each is searched for what may stand on none as soon as it is made, then put in its place.

use super::contents::Contents;
use super::leaks::Secrets;
use crate::error::Result;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A place for the files of a site.
pub trait Shelf: Sync {
    /// Takes a file, by its path: forward slashes, relative to the site's own folder.
    ///
    /// # Errors
    /// When it cannot be kept there.
    fn put(&self, path: &str, contents: Contents) -> Result<()>;
}

/// A site that is held in memory.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<BTreeMap<String, Contents>>);

impl InMemory {
    /// Every file by its path.
    pub fn files(self) -> BTreeMap<String, Contents> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf for InMemory {
    fn put(&self, path: &str, contents: Contents) -> Result<()> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), contents);
        Ok(())
    }
}

/// The way of every file to its place.
pub(super) struct Pages<'a> {
    pub(super) shelf: &'a dyn Shelf,
    pub(super) secrets: &'a Secrets,
    /// The style that stands in every page.
    pub(super) style: Arc<str>,
}

impl Pages<'_> {
    /// Searches a file and puts it in its place; the style that stands in each page is searched once, as a file of its own.
    ///
    /// # Errors
    /// When it would show what may stand on no page, or cannot be put there.
    pub(super) fn put(&self, path: &str, text: String) -> Result<()> {
        let is_page = Path::new(path).extension().is_some_and(|e| e == "html");
        let contents = if is_page {
            Contents::of_page(text, &self.style)
        } else {
            Contents::of(text)
        };
        self.secrets.search(path, &contents)?;
        self.shelf.put(path, contents)
    }

    /// Puts a file in its place of which every part was searched.
    ///
    /// # Errors
    /// When it cannot be put there.
    pub(super) fn put_searched(&self, path: &str, contents: Contents) -> Result<()> {
        self.shelf.put(path, contents)
    }

    /// Searches words that are a part of a file.
    ///
    /// # Errors
    /// When they would show what may stand on no page.
    pub(super) fn may_be_shown(&self, path: &str, words: &str) -> Result<()> {
        self.secrets.search_words(path, words)
    }
}
