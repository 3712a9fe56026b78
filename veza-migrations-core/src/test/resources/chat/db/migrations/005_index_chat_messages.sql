-- UP
-- Author: Grace Hopper
-- Date: 2026-03-11
-- Description: A room's messages in the order in which they came
CREATE INDEX CONCURRENTLY chat_messages_room ON chat_messages (room_id, id);

-- DOWN
DROP INDEX CONCURRENTLY chat_messages_room;
