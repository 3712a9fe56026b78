-- UP
-- Author: Ada Lovelace
-- Date: 2026-11-03
CREATE TABLE message_attachments (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id BIGINT NOT NULL REFERENCES chat_messages ON DELETE CASCADE,
    file_name VARCHAR(255) NOT NULL,
    bytes BIGINT NOT NULL CHECK (bytes > 0)
);

-- DOWN
DROP TABLE message_attachments;
