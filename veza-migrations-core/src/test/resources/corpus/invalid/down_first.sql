-- DOWN
DROP TABLE t;
-- UP
CREATE TABLE t (a int);
