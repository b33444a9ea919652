-- name: x :one
INSERT INTO thing (pid, name) VALUES ('p', 'n') RETURNING id;
--! 1: x: a write to a recorded table is :exec or :insert
