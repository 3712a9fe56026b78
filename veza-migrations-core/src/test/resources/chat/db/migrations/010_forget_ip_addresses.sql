-- UP
-- Author: Barbara Liskov
-- Date: 2026-08-25
-- Description: What we do not need we do not keep
ALTER TABLE users DROP COLUMN last_ip;

-- DOWN
-- irreversible: addresses that are deleted cannot be brought back
