-- UP
-- Author: Grace Hopper
-- Date: 2026-11-17
ALTER TABLE room_members ADD COLUMN last_read_id BIGINT;

-- DOWN
ALTER TABLE room_members DROP COLUMN last_read_id;
