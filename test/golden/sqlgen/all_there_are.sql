-- name: x :many
-- in: id int64
SELECT place FROM part WHERE thing_id = :id ORDER BY place;
--! 1: x: all there are of part
