-- UP
-- Migration: Create chat rooms table
-- Description: Rooms that members talk in
-- Author: Veza Development Team
-- Date: 2024-01-17

CREATE TABLE chat_rooms (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name VARCHAR(100) NOT NULL,
    topic VARCHAR(255) NOT NULL DEFAULT '',
    owner_id UUID NOT NULL REFERENCES users(id),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT unique_chat_rooms_name UNIQUE (name)
);

CREATE INDEX idx_chat_rooms_owner_id ON chat_rooms(owner_id);

-- DOWN
-- Rollback: Drop chat rooms table
DROP TABLE chat_rooms;
