-- What src/store/sqlite/0001.sql says, for PostgreSQL; the same columns with the same text in them.
-- Days are text, YYYY-MM-DD. Instants are whole milliseconds since 1970-01-01T00:00:00Z.

-- Marks the schema as ours, and is locked by whoever writes: one row.
CREATE TABLE store (
    one     integer PRIMARY KEY CHECK (one = 1),
    program text NOT NULL,
    version integer NOT NULL
);

-- The record. What an entry says is its text alone, so that no column can come to say something else.
-- docs/record.md: the form of the text, the digest and the seal.
CREATE TABLE entries (
    number bigint PRIMARY KEY CHECK (number > 0),
    at     bigint NOT NULL,
    text   text,
    digest text NOT NULL CHECK (length(digest) = 64),
    seal   text NOT NULL UNIQUE CHECK (length(seal) = 64)
);

CREATE FUNCTION entries_are_numbered_without_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM sideletter.entries) THEN
        RAISE EXCEPTION 'entries are numbered without gaps';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entries_are_numbered_without_gaps BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entries_are_numbered_without_gaps();

-- Erasing its text is the only change an entry can suffer: its digest and its seal stay.
CREATE FUNCTION entries_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.text IS NOT NULL OR NEW.number <> OLD.number OR NEW.at <> OLD.at
        OR NEW.digest <> OLD.digest OR NEW.seal <> OLD.seal THEN
        RAISE EXCEPTION 'an entry is never changed; strike it out by a later one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_never_change();

CREATE FUNCTION entries_never_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry is never removed; strike it out by a later one';
END $$;
CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_never_go();
CREATE TRIGGER entries_never_go_all_at_once BEFORE TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_never_go();

-- The first day of tracking.
CREATE TABLE tracking (
    agreement text PRIMARY KEY,
    day       text NOT NULL
);

-- When the timer's pass last ended: one row, once there was one.
CREATE TABLE last_run (
    one integer PRIMARY KEY CHECK (one = 1),
    at  bigint NOT NULL
);

-- Mail that was decided: its exact bytes stand here before anybody connects to anything.
CREATE TABLE messages (
    id         bigint PRIMARY KEY,
    agreement  text,
    recipient  text NOT NULL,
    party      text NOT NULL,
    day        text NOT NULL,
    subject    text NOT NULL,
    message_id text NOT NULL UNIQUE,
    bytes      bytea NOT NULL,
    sha256     text NOT NULL,
    state      text NOT NULL CHECK (state IN (
        'queued', 'sending', 'sent', 'deferred', 'unknown', 'rejected', 'gave_up', 'held', 'cancelled')),
    tries      bigint NOT NULL DEFAULT 0,
    next_at    bigint,
    detail     text,
    decided_at bigint NOT NULL,
    changed_at bigint NOT NULL
);

CREATE INDEX messages_by_state ON messages (state, id);

-- The key is what makes a reminder be decided once.
CREATE TABLE reminders (
    key        text PRIMARY KEY,
    message    bigint NOT NULL REFERENCES messages (id),
    place      bigint NOT NULL,
    agreement  text NOT NULL,
    obligation text,
    occurrence text,
    stage      text NOT NULL,
    recipient  text NOT NULL,
    date       text
);

CREATE INDEX reminders_by_message ON reminders (message, place);
