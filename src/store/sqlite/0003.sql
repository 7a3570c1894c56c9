-- Mail that a relay takes: whose hand a message is in and until when, and what is known of its tries.
ALTER TABLE messages ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN first_tried_at INTEGER;
ALTER TABLE messages ADD COLUMN claimed_by TEXT;
ALTER TABLE messages ADD COLUMN claimed_until INTEGER;
