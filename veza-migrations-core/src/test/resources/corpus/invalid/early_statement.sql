SET search_path = app;
-- UP
CREATE TABLE t (a int);
-- DOWN
DROP TABLE t;
