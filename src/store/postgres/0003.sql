-- What src/store/sqlite/0003.sql says, for PostgreSQL.
ALTER TABLE messages ADD COLUMN unanswered bigint NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN first_tried_at bigint;
ALTER TABLE messages ADD COLUMN claimed_by text;
ALTER TABLE messages ADD COLUMN claimed_until bigint;
