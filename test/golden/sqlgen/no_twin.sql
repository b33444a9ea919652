-- name: x :many
-- only: sqlite
SELECT id FROM remark;
--! 1: x: -- only: sqlite without its pg twin
