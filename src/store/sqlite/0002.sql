-- What a reminder asks where silence is an answer: about which entry, and from which day silence accepts it.
ALTER TABLE reminders ADD COLUMN asks_about INTEGER;
ALTER TABLE reminders ADD COLUMN silent_from TEXT;

CREATE INDEX reminders_that_ask ON reminders (agreement) WHERE asks_about IS NOT NULL;

-- Which agreement an entry is about, as its text says: derived, so that it can never say anything else.
CREATE INDEX entries_by_agreement ON entries (substr(text, instr(text, 'agreement: ') + 11,
    instr(substr(text, instr(text, 'agreement: ') + 11), char(10)) - 1));
