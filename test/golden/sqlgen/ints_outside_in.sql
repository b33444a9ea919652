-- name: x :many
-- in: ids ints
SELECT id FROM thing WHERE id = :ids;
--! 3: x: ints and only ints are for IN (:ids)
