-- UP
-- Author: Edgar Codd
-- Date: 2026-09-29
-- Description: Full text search, with the words of a message kept beside it
CREATE TABLE message_words (
    message_id BIGINT PRIMARY KEY REFERENCES chat_messages ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);

INSERT INTO message_words (message_id, words)
SELECT id, to_tsvector('english', body)
FROM chat_messages;

CREATE INDEX message_words_words ON message_words USING gin (words);

CREATE FUNCTION remember_words() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    -- a message that is edited has other words
    INSERT INTO message_words VALUES (NEW.id, to_tsvector('english', NEW.body))
    ON CONFLICT (message_id) DO UPDATE SET words = EXCLUDED.words;
    RETURN NEW;
END
$$;

CREATE TRIGGER remember_words AFTER INSERT OR UPDATE OF body ON chat_messages
    FOR EACH ROW EXECUTE FUNCTION remember_words();

-- DOWN
DROP TRIGGER remember_words ON chat_messages;
DROP FUNCTION remember_words();
DROP TABLE message_words;
