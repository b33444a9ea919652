-- name: x :many
-- in: id int64, more str
SELECT id FROM thing WHERE id = :id;
--! 1: x: no parameter :more in the SQL
