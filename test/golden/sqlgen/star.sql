-- name: x :many
SELECT * FROM remark;
--! 2: x: name the columns instead of *
