-- UP
-- veza: transaction=off
-- veza: accept long-lock it is a small table
BEGIN;
UPDATE t SET a = 1;
COMMIT;
VACUUM t;
-- DOWN
-- irreversible: the old values are gone
