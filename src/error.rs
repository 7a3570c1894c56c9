//! What the program could not do: open a file, reach its store, write a page.
//!
//! A fault in somebody's file is never an [`Error`]; it is a [`Diagnostic`](crate::diagnostic::Diagnostic).

use std::fmt;

/// A result of the outside world.
pub type Result<T> = std::result::Result<T, Error>;

/// What could not be done, and what to do about it. Ends the program with its [exit code](Error::exit_code).
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failed,
    Faulty,
    Refused,
}

impl Error {
    /// The program could not do its work. `message` says what it was doing and with which file, and what to do.
    pub fn failed(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Failed,
            message: message.into(),
            source: None,
        }
    }

    /// What was asked about has a fault, so there is nothing to say of it. `message` says where to look.
    pub fn faulty(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Faulty,
            message: message.into(),
            source: None,
        }
    }

    /// The request itself cannot be granted. `message` says why, and what to type instead.
    pub fn refused(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Refused,
            message: message.into(),
            source: None,
        }
    }

    /// Adds the cause.
    #[must_use]
    pub fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// The exit code that it ends the program with: 3 where the work failed, 2 where the request was refused, 1 where
    /// what was asked about has a fault.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Failed => 3,
            Kind::Refused => 2,
            Kind::Faulty => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|e| e as _)
    }
}
