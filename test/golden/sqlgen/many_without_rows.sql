-- name: x :many
DELETE FROM remark WHERE id = 1;
--! 1: x: :many, yet it returns no rows
