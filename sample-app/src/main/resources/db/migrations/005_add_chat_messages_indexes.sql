-- UP
-- Migration: Add indexes to chat messages
-- Description: A room's messages in the order in which they came, and an author's messages
-- Author: Veza Development Team
-- Date: 2024-01-19

-- CONCURRENTLY lets the application go on writing messages, and refuses a transaction:
-- hence a file of its own.
CREATE INDEX CONCURRENTLY idx_chat_messages_room_id_id ON chat_messages(room_id, id);
CREATE INDEX CONCURRENTLY idx_chat_messages_author_id ON chat_messages(author_id);

-- DOWN
-- Rollback: Drop indexes of chat messages
DROP INDEX CONCURRENTLY IF EXISTS idx_chat_messages_author_id;
DROP INDEX CONCURRENTLY IF EXISTS idx_chat_messages_room_id_id;
