-- name: x :many
SELECT r.id, t.id FROM remark r JOIN thing t ON t.id = r.id;
--! 1: x: two columns id
