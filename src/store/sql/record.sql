-- The internal ids of things the record speaks of.

-- name: matter_id_by_pid :maybe
-- in: pid str
SELECT id FROM matter WHERE pid = :pid;

-- name: round_id_by_pid :maybe
-- in: pid str
SELECT id FROM round WHERE pid = :pid;

-- name: meeting_id_by_pid :maybe
-- in: pid str
SELECT id FROM meeting WHERE pid = :pid;

-- name: decision_id_by_pid :maybe
-- in: pid str
SELECT id FROM decision WHERE pid = :pid;
