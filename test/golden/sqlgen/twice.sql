-- name: x :many
SELECT id FROM remark;

-- name: x :many
SELECT body FROM remark;
--! 4: x: a second query of this name
