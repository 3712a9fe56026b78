-- UP
SELECT 1; /* a /* nested */ comment
-- DOWN
SELECT 1;
