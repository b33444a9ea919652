-- name: x :one
SELECT count(*) AS n FROM remark;
--! 1: x: say the type of n with -- out:
