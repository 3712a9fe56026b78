-- UP
-- Author: Edgar Codd
-- Date: 2026-07-14
-- Description: A message that its author deletes is kept for moderators
ALTER TABLE chat_messages ADD COLUMN deleted_at TIMESTAMPTZ;

-- DOWN
ALTER TABLE chat_messages DROP COLUMN deleted_at;
