-- name: migration_list :many
-- The scripts that have been run, in order.
SELECT no, name, sha256, at FROM migration ORDER BY no;

-- name: migration_add :exec
-- in: no int64, name str, sha256 str, at int64
INSERT INTO migration (no, name, sha256, at) VALUES (:no, :name, :sha256, :at);
