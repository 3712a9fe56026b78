-- UP
-- Migration: Normalize e-mail addresses
-- Description: Lower-case e-mail addresses; the originals are kept, so that there is a way back
-- Author: Veza Development Team
-- Date: 2024-01-22
-- veza: accept work-under-heavy-lock writers wait, so that no address changes before its original is kept

-- Nobody edits these accounts: updated_at stays as it is.
ALTER TABLE users DISABLE TRIGGER update_users_updated_at;

CREATE TABLE users_original_emails (
    user_id UUID PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    email VARCHAR(255) NOT NULL
);

INSERT INTO users_original_emails (user_id, email)
SELECT id, email
FROM users
WHERE email <> lower(email);

UPDATE users
SET email = lower(email)
WHERE email <> lower(email);

ALTER TABLE users ENABLE TRIGGER update_users_updated_at;

-- DOWN
-- Rollback: Bring the original e-mail addresses back, but for users who changed theirs since
ALTER TABLE users DISABLE TRIGGER update_users_updated_at;

UPDATE users
SET email = original.email
FROM users_original_emails original
WHERE original.user_id = users.id
  AND users.email = lower(original.email);

ALTER TABLE users ENABLE TRIGGER update_users_updated_at;

DROP TABLE users_original_emails;
