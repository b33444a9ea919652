-- name: x :exec
UPDATE part SET place = 'x' WHERE thing_id = 1;
--! 1: x: the key of a recorded table cannot change
