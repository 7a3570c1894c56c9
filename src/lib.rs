//! `sideletter` keeps negotiated promises from being forgotten.
//!
//! One flow, read from the top:
//!
//! 1. [`office`]: a folder of agreements is read into types; every fault becomes a [`diagnostic`].
//! 2. [`language`]: the time words of an agreement become a tree.
//! 3. [`counting`], [`deadline`]: a tree becomes days, each with the steps that led to it.
//! 4. [`record`], [`store`]: what has happened since, sealed.
//! 5. [`schedule`]: what is owed on a day and where it stands. Pure: from the office, the record and the day alone.
//! 6. [`disagreement`]: where files, record and agreements contradict one another.
//! 7. [`reminder`], [`outbox`], [`mail`], [`transport`]: who is told what, decided once, sent once.
//! 8. [`bounce`]: what came back of it.
//! 9. [`site`], [`ics`]: what members see; [`serve`]: the same while one writes.
//!
//! [`begin`] has the files of a new office; [`import`] makes agreements of a spreadsheet. [`cli`] is the only part that prints.

pub mod agreement;
pub mod begin;
pub mod bounce;
pub mod cli;
pub mod clock;
mod coming;
pub mod counting;
pub mod deadline;
pub mod diagnostic;
pub mod disagreement;
pub mod draft;
mod encoding;
pub mod error;
pub mod front_matter;
pub mod ics;
pub mod ids;
pub mod import;
pub mod language;
pub mod mail;
pub mod maildir;
pub mod office;
pub mod outbox;
pub mod reader;
pub mod record;
pub mod reminder;
pub mod rules;
pub mod schedule;
pub mod secret;
pub mod serve;
mod shown;
pub mod site;
pub mod source;
pub mod store;
mod strict;
pub mod table;
mod titles;
mod tls;
pub mod transport;
mod withheld;
pub mod words;
pub mod write_whole;
