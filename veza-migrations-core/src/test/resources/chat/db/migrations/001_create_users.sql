-- UP
-- Author: Ada Lovelace
-- Date: 2026-02-02
-- Description: People who can sign in
CREATE TABLE users (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email VARCHAR(255) NOT NULL UNIQUE,
    display_name VARCHAR(100) NOT NULL,
    last_ip INET,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- DOWN
DROP TABLE users;
