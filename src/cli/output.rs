//! Standard output and standard error, in one place: data goes to the one, everything else to the other.

use crate::error::{Error, Result};
use crate::shown::visible_characters;
use std::cell::RefCell;
use std::io::{ErrorKind, Write};

/// Where commands print. A reader that closes the pipe early (`| head`) is no error.
#[derive(Debug)]
pub struct Output {
    data: RefCell<std::io::BufWriter<anstream::Stdout>>,
}

impl Output {
    /// The process's own.
    pub fn standard() -> Self {
        Self {
            data: RefCell::new(std::io::BufWriter::new(anstream::stdout())),
        }
    }

    /// Prints data. Characters that a terminal would obey, which a title may hold, are shown as U+FFFD.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk.
    pub fn print(&self, text: &str) -> Result<()> {
        self.print_as_is(&visible_characters(text))
    }

    /// Prints what was made safe already: a drawing with its colours, a calendar with its ends of lines.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk.
    pub fn print_as_is(&self, text: &str) -> Result<()> {
        Self::settle(self.data.borrow_mut().write_all(text.as_bytes()))
    }

    /// Says something that is not data.
    pub fn complain(&self, text: &str) {
        // Data that was printed before comes first. Where standard error itself fails there is nobody left to tell.
        let _ = self.data.borrow_mut().flush();
        let _ = anstream::stderr().write_all(visible_characters(text).as_bytes());
    }

    /// Writes out what is still held.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk.
    pub fn flush(&self) -> Result<()> {
        Self::settle(self.data.borrow_mut().flush())
    }

    fn settle(result: std::io::Result<()>) -> Result<()> {
        match result {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Error::failed("cannot write to standard output").because(error))
            }
            _ => Ok(()),
        }
    }
}
