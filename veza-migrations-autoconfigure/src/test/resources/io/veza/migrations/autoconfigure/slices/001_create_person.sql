-- UP
CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);
INSERT INTO person VALUES (1, 'Eva');

-- DOWN
DROP TABLE person;
