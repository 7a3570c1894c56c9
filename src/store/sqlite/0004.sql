-- What a mail system reported of a message that it had taken: each report once, by the SHA-256 of its bytes.
CREATE TABLE bounces (
    message INTEGER NOT NULL REFERENCES messages (id),
    report  TEXT NOT NULL CHECK (length(report) = 64),
    action  TEXT NOT NULL CHECK (action IN ('delayed', 'given_up', 'refused')),
    status  TEXT NOT NULL,
    said    TEXT,
    at      INTEGER NOT NULL,
    PRIMARY KEY (message, report)
) STRICT;
