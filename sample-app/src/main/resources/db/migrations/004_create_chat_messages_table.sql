-- UP
-- Migration: Create chat messages table
-- Description: Messages of the chat rooms
-- Author: Veza Development Team
-- Date: 2024-01-18

CREATE TABLE chat_messages (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id UUID NOT NULL REFERENCES chat_rooms(id) ON DELETE CASCADE,
    author_id UUID NOT NULL REFERENCES users(id),
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- DOWN
-- Rollback: Drop chat messages table
DROP TABLE chat_messages;
