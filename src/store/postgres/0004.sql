-- What src/store/sqlite/0004.sql says, for PostgreSQL.
CREATE TABLE bounces (
    message bigint NOT NULL REFERENCES messages (id),
    report  text NOT NULL CHECK (length(report) = 64),
    action  text NOT NULL CHECK (action IN ('delayed', 'given_up', 'refused')),
    status  text NOT NULL,
    said    text,
    at      bigint NOT NULL,
    PRIMARY KEY (message, report)
);
