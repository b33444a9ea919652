-- name: x :many
-- in: id int64
SELECT id,
       nam
  FROM thing WHERE id = :id;
--! 4: x: no such column: nam
