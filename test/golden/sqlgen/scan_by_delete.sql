-- name: x :exec
DELETE FROM part WHERE amount = 0;
--! 1: x: reads all of part
