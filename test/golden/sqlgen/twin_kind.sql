-- name: x :many
-- only: sqlite
SELECT id FROM remark;

-- name: x :one
-- only: pg
SELECT id FROM remark;
--! 5: x: :one here, :many in its twin
