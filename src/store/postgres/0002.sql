-- What src/store/sqlite/0002.sql says, for PostgreSQL.

-- What a reminder asks where silence is an answer: about which entry, and from which day silence accepts it.
ALTER TABLE reminders ADD COLUMN asks_about bigint, ADD COLUMN silent_from text;

CREATE INDEX reminders_that_ask ON reminders (agreement) WHERE asks_about IS NOT NULL;

-- Which agreement an entry is about, as its text says: derived, so that it can never say anything else.
CREATE INDEX entries_by_agreement ON entries (split_part(split_part(text, 'agreement: ', 2), chr(10), 1), number);
