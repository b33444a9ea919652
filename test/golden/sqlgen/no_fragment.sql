-- name: x :many
SELECT id FROM remark
 WHERE $visible(remark);
--! 3: x: no fragment $visible
