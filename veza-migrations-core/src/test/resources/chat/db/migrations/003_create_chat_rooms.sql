-- UP
-- Author: Grace Hopper
-- Date: 2026-02-18
CREATE TABLE chat_rooms (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name VARCHAR(80) NOT NULL UNIQUE,
    topic TEXT
);

-- DOWN
DROP TABLE chat_rooms;
