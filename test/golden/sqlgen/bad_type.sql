-- name: x :many
-- in: id int
SELECT id FROM thing WHERE id = :id;
--! 2: expected NAME TYPE
