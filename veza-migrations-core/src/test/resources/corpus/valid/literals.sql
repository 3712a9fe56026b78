-- UP
SELECT 'it''s; --', E'a\';\\', U&'d\0061t;a' UESCAPE '\', B'01', X'1F', N'n;';
SELECT E'first\''
  'second\';' AS "a;""b", U&"c;\0061";
INSERT INTO t (data) VALUES ($q$ don't -- stop; /* here \ $$ $q $q$), ($$'$$), ($ünï_1$"$ünï_1$);
SELECT a$b$c, $1, 1.5e-3, x[1:2], y::int, z ? 'k', z ?| array['${not} a placeholder;'];
-- DOWN
SELECT '
-- UP
-- DOWN
'
