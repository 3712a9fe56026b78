-- veza: lock-timeout=1s
-- UP
-- veza: lock-timeout=soon
SELECT 1;
-- veza: transaction=off
-- DOWN
-- irreversible:
