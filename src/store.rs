//! Where the record and the outbox are kept.
