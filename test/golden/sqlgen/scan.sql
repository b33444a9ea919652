-- name: x :many
-- in: name str
SELECT id FROM thing WHERE name = :name;
--! 1: x: reads all of thing
