-- Queries for the tests of the store.

-- fragment: heavy(t, kg)
t.weight > kg OR (t.weight = kg AND t.note
  IS NOT NULL);

-- name: thing_add :insert
-- in: pid str, name str, note str?, weight double, picture blob?, owner int64?
-- Adds a thing.
INSERT INTO thing (pid, name, note, weight, picture, owner)
VALUES (:pid, :name, :note, :weight, :picture, :owner);

-- name: thing_by_id :maybe
-- in: id int64
SELECT id, pid, name, note, weight, picture, owner FROM thing WHERE id = :id;

-- name: thing_one :one
-- in: id int64
-- out: shout str, heavy int64
SELECT id, upper(name) AS shout, weight > 2 AS heavy FROM thing WHERE id = :id;

-- name: thing_among :many
-- all: for the test
-- in: ids ints
SELECT id, name FROM thing WHERE id IN (:ids) ORDER BY id;

-- name: thing_not_among :many
-- in: ids ints
-- scan: for the test
SELECT id, name FROM thing WHERE id NOT IN (:ids) ORDER BY id;

-- name: thing_heavy :many
-- in: kg double
-- scan: for the test
SELECT thing.id, thing.name FROM thing WHERE $heavy(thing, :kg) ORDER BY thing.id;

-- name: thing_owned :many
-- out: owner_name str?, owner_weight double?, parts int64
-- scan: for the test
SELECT t.id, o.name AS owner_name, o.weight AS owner_weight,
       (SELECT count(*) FROM part p WHERE p.thing_id = t.id) AS parts
  FROM thing t
  LEFT JOIN thing o ON o.id = t.owner
 ORDER BY t.id;

-- name: thing_first :many
-- in: max int64
-- Ends after max rows, so its plan may scan.
SELECT id FROM thing ORDER BY id LIMIT :max;

-- name: thing_rename :exec
-- in: id int64, name str
UPDATE thing SET name = :name WHERE id = :id;

-- name: thing_rename_all :exec
-- in: name str
-- scan: for the test
UPDATE thing SET name = :name || id;

-- name: thing_drop :exec
-- in: id int64
DELETE FROM thing WHERE id = :id;

-- name: part_put :exec
-- in: thing_id int64, place str, amount int64
INSERT INTO part (thing_id, place, amount) VALUES (:thing_id, :place, :amount)
ON CONFLICT (thing_id, place) DO UPDATE SET amount = part.amount + excluded.amount;

-- name: remark_add :insert
-- in: body str
INSERT INTO remark (body) VALUES (:body);

-- name: remark_list :many
SELECT id, body FROM remark ORDER BY id;

-- name: remark_count :one
-- out: n int64
SELECT count(*) AS n FROM remark;

-- name: remark_fix :many
-- in: body str
-- A write that returns rows.
UPDATE remark SET body = :body WHERE id > 0 RETURNING id;

-- name: toy_find :many
-- only: sqlite
-- in: word str, max int64
-- out: body str
SELECT body FROM toy_search WHERE toy_search MATCH :word ORDER BY rank LIMIT :max;

-- name: toy_find :many
-- only: pg
SELECT body FROM toy_search
 WHERE to_tsvector('simple', body) @@ plainto_tsquery('simple', :word) LIMIT :max;
