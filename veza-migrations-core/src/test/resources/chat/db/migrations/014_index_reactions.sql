-- UP
-- Author: Barbara Liskov
-- Date: 2026-11-19
-- Description: Who reacted last is asked for on every start page
CREATE INDEX CONCURRENTLY message_reactions_user ON message_reactions (user_id);

-- DOWN
DROP INDEX CONCURRENTLY message_reactions_user;
