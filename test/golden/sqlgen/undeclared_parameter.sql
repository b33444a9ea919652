-- name: x :many
-- in: id int64
SELECT id FROM thing
 WHERE id = :idd;
--! 4: x: parameter :idd is not in -- in:
