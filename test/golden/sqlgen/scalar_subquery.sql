-- name: x :many
SELECT r.id, (SELECT name FROM thing WHERE thing.id = r.id) AS name FROM remark r;
--! 1: x: say the type of name with -- out:
