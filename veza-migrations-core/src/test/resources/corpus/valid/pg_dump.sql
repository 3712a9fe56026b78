-- UP
--
-- PostgreSQL database dump
--

\restrict aBcDeF

SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

COPY public.t (id, name) FROM stdin;
1	it's; -- DOWN
2	\\.
\N	\N
-- DOWN
\.


SELECT pg_catalog.setval('public.t_id_seq', 2, true);

\unrestrict aBcDeF

-- DOWN
TRUNCATE public.t;
