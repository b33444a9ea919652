-- fragment: f(a, b)
a.id = b;

-- name: x :many
SELECT id FROM remark WHERE $f(remark);
--! 4: x: $f takes 2 arguments
