-- UP
\set ON_ERROR_STOP on
\i other.sql
SELECT 1;
-- DOWN
SELECT 2 \g
