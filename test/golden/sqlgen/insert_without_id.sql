-- name: x :insert
INSERT INTO part (thing_id, place, amount) VALUES (1, 'x', 1);
--! 1: x: :insert needs a column id
