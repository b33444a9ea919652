-- name: x :all
SELECT id FROM remark;
--! 1: x: :one, :maybe, :many, :exec or :insert
