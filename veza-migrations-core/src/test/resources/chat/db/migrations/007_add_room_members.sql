-- UP
-- Author: Ada Lovelace
-- Date: 2026-04-21
CREATE TABLE room_members (
    room_id BIGINT NOT NULL REFERENCES chat_rooms ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
    joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (room_id, user_id)
);

-- DOWN
DROP TABLE room_members;
