-- name: x :many
SELECT id FROM thing ORDER BY name LIMIT 10;
--! 1: x: reads all of thing
