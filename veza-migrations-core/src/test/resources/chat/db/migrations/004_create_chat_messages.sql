-- UP
-- Author: Grace Hopper
-- Date: 2026-02-19
CREATE TABLE chat_messages (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id BIGINT NOT NULL REFERENCES chat_rooms,
    author_id BIGINT NOT NULL REFERENCES users,
    body TEXT NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- DOWN
DROP TABLE chat_messages;
