-- name: not_boolean :many
SELECT id FROM remark
 WHERE id % 2;

-- name: wrong_type :one
-- out: s str
SELECT max(id) AS s FROM remark;

-- name: other_columns :many
-- only: sqlite
-- out: n int64
SELECT 1 AS n;

-- name: other_columns :many
-- only: pg
SELECT 1 AS n, 2 AS m;

-- name: not_there :many
-- out: n int64
SELECT ifnull(id, 0) AS n FROM remark;
