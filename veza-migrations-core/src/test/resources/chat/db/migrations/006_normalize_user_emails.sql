-- UP
-- Author: Edgar Codd
-- Date: 2026-04-07
-- Description: An address is the same in capitals
ALTER TABLE users ADD COLUMN email_as_typed VARCHAR(255);
UPDATE users SET email_as_typed = email, email = lower(email) WHERE email <> lower(email);

-- DOWN
UPDATE users SET email = email_as_typed WHERE email_as_typed IS NOT NULL;
ALTER TABLE users DROP COLUMN email_as_typed;
