-- Days are text, YYYY-MM-DD. Instants are whole milliseconds since 1970-01-01T00:00:00Z.

-- The record. What an entry says is its text alone, so that no column can come to say something else.
-- docs/record.md: the form of the text, the digest and the seal.
CREATE TABLE entries (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at     INTEGER NOT NULL,
    text   TEXT,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    seal   TEXT NOT NULL UNIQUE CHECK (length(seal) = 64)
) STRICT;

CREATE TRIGGER entries_are_numbered_without_gaps
BEFORE INSERT ON entries
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;

-- Erasing its text is the only change an entry can suffer: its digest and its seal stay.
CREATE TRIGGER entries_never_change
BEFORE UPDATE ON entries
WHEN NEW.text IS NOT NULL OR NEW.number <> OLD.number OR NEW.at <> OLD.at
    OR NEW.digest <> OLD.digest OR NEW.seal <> OLD.seal
BEGIN SELECT RAISE(ABORT, 'an entry is never changed; strike it out by a later one'); END;

CREATE TRIGGER entries_never_go
BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never removed; strike it out by a later one'); END;

-- The first day of tracking.
CREATE TABLE tracking (
    agreement TEXT PRIMARY KEY,
    day       TEXT NOT NULL
) STRICT;

-- When the timer's pass last ended: one row, once there was one.
CREATE TABLE last_run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  INTEGER NOT NULL
) STRICT;

-- Mail that was decided: its exact bytes stand here before anybody connects to anything.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY,
    agreement  TEXT,
    recipient  TEXT NOT NULL,
    party      TEXT NOT NULL,
    day        TEXT NOT NULL,
    subject    TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    bytes      BLOB NOT NULL,
    sha256     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN (
        'queued', 'sending', 'sent', 'deferred', 'unknown', 'rejected', 'gave_up', 'held', 'cancelled')),
    tries      INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER,
    detail     TEXT,
    decided_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX messages_by_state ON messages (state, id);

-- The key is what makes a reminder be decided once.
CREATE TABLE reminders (
    key        TEXT PRIMARY KEY,
    message    INTEGER NOT NULL REFERENCES messages (id),
    place      INTEGER NOT NULL,
    agreement  TEXT NOT NULL,
    obligation TEXT,
    occurrence TEXT,
    stage      TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    date       TEXT
) STRICT;

CREATE INDEX reminders_by_message ON reminders (message, place);
