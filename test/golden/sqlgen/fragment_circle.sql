-- fragment: f(a)
$f(a);

-- name: x :many
SELECT id FROM remark WHERE $f(remark);
--! 4: x: fragments go in a circle
