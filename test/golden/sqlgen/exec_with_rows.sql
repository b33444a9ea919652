-- name: x :exec
SELECT id FROM remark;
--! 1: x: :exec, yet it returns rows
