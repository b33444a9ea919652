-- name: x :many
SELECT r.id FROM remark r JOIN thing AS t ON t.name = r.body;
--! 1: x: reads all of thing
