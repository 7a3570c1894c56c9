//! Standard output and standard error, in one place: data goes to the one, everything else to the other.

use crate::error::{Error, Result};
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

    /// Prints data.
    ///
    /// # Errors
    /// When it cannot be written, as on a full disk.
    pub fn print(&self, text: &str) -> Result<()> {
        Self::settle(self.data.borrow_mut().write_all(text.as_bytes()))
    }

    /// Says something that is not data.
    pub fn complain(&self, text: &str) {
        // Data that was printed before comes first. Where standard error itself fails there is nobody left to tell.
        let _ = self.data.borrow_mut().flush();
        let _ = anstream::stderr().write_all(text.as_bytes());
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
