-- name: x :many
-- in: id int64
SELECT t.id, o.name
  FROM thing t
  LEFT JOIN (SELECT id, name FROM thing) o ON o.id = t.owner
 WHERE t.id = :id;
--! 1: x: name comes through a LEFT JOIN
