-- UP
-- Author: Ada Lovelace
-- Date: 2026-02-04
CREATE TABLE user_profiles (
    user_id BIGINT PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    biography TEXT,
    time_zone VARCHAR(64) NOT NULL DEFAULT 'UTC'
);

-- DOWN
DROP TABLE user_profiles;
