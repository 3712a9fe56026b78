-- UP
CREATE TABLE t (a int);
-- UP
CREATE TABLE u (a int);
-- DOWN
DROP TABLE t;
