-- UP
-- Author: Barbara Liskov
-- Date: 2026-05-26
CREATE TABLE message_reactions (
    message_id BIGINT NOT NULL REFERENCES chat_messages ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
    emoji VARCHAR(16) NOT NULL,
    PRIMARY KEY (message_id, user_id, emoji)
);

-- DOWN
DROP TABLE message_reactions;
