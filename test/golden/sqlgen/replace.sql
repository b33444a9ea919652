-- name: x :exec
INSERT OR REPLACE INTO part (thing_id, place, amount) VALUES (1, 'x', 1);
--! 2: x: write ON CONFLICT instead
