/* a file with /* nested; */ comments'
-- UP
*/
-- up to here it's prose; nothing counts
-- UP
-- up and running; don't stop
SELECT 1 /* ; /* ' */ " */ + -- ; '
  2;
-- UP, again, in prose
SELECT 3;-- a comment behind it
SELECT 4--5;
-- DOWN
-- down the road
SELECT 6 -- the end
