-- name: x :many
-- out: body str, boddy str
SELECT body FROM remark;
--! 1: x: no column boddy
