-- name: x :many
-- in: id int64
SELECT t.id, o.name AS owner
  FROM thing t
  LEFT JOIN thing o ON o.id = t.owner
 WHERE t.id = :id;
--! 1: x: owner comes through a LEFT JOIN
