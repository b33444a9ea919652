-- name: x :many
-- in: db int64
SELECT id FROM thing WHERE id = :db;
--! 1: x: the generator needs the name db
