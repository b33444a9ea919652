-- name: x :many
-- in: id int64
SELECT id FROM thing WHERE id IN (:id);
--! 3: x: ints and only ints are for IN (:id)
