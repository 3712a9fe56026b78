-- UP
-- nothing to do here any more
;
-- DOWN
