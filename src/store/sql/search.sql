-- Finding things by their words. The visibility predicate comes before ranking and counting.

-- name: search_find_doc :maybe
-- in: kind int64, object_id int64, label str, title str, body str
-- out: has_words int64
-- has_words: that these are its words already.
SELECT id, CASE WHEN label = :label AND title = :title AND body = :body THEN 1 ELSE 0 END
           AS has_words
  FROM search_doc WHERE kind = :kind AND object_id = :object_id;

-- name: search_add_doc :insert
-- in: kind int64, object_id int64, pid str, label str, title str, body str, year int64, body_id int64, at int64, is_public int64
INSERT INTO search_doc (kind, object_id, pid, label, title, body, year, body_id, at, is_public)
VALUES (:kind, :object_id, :pid, :label, :title, :body, :year, :body_id, :at, :is_public);

-- name: search_set_facts :exec
-- in: id int64, year int64, body_id int64, at int64, is_public int64
-- Nothing is written where nothing is new: the row carries the text.
UPDATE search_doc SET year = :year, body_id = :body_id, at = :at, is_public = :is_public
 WHERE id = :id AND (year <> :year OR body_id <> :body_id OR at <> :at
                     OR is_public <> :is_public);

-- name: search_set_doc :exec
-- in: id int64, label str, title str, body str, year int64, body_id int64, at int64, is_public int64
UPDATE search_doc
   SET label = :label, title = :title, body = :body, year = :year, body_id = :body_id,
       at = :at, is_public = :is_public
 WHERE id = :id;

-- name: search_remove_doc :exec
-- in: id int64
-- After its words have been taken out.
DELETE FROM search_doc WHERE id = :id;

-- name: search_take_words :exec
-- only: sqlite
-- in: id int64
-- Takes the words of a document out of the index; before its text changes.
INSERT INTO search_fts (search_fts, rowid, label, title, body)
SELECT 'delete', id, label, title, body FROM search_doc WHERE id = :id;

-- name: search_take_words :exec
-- only: pg
-- in: id int64
UPDATE search_doc SET lexemes = NULL WHERE id = :id;

-- name: search_put_words :exec
-- only: sqlite
-- in: id int64, lexemes str
-- Puts the words of a document into the index. lexemes is for PostgreSQL.
INSERT INTO search_fts (rowid, label, title, body)
SELECT id, label, title, body FROM search_doc WHERE id = :id AND :lexemes IS NOT NULL;

-- name: search_put_words :exec
-- only: pg
-- in: id int64, lexemes str
UPDATE search_doc SET lexemes = CAST(:lexemes AS tsvector) WHERE id = :id;

-- name: search_version :maybe
SELECT version FROM search_version WHERE id = 1;

-- name: search_set_version :exec
-- in: version str
INSERT INTO search_version (id, version) VALUES (1, :version)
ON CONFLICT (id) DO UPDATE SET version = excluded.version;

-- name: search_forget_words :exec
-- only: sqlite
-- Empties the index, whatever it was made with; the documents stay.
INSERT INTO search_fts (search_fts) VALUES ('delete-all');

-- name: search_forget_words :exec
-- only: pg
UPDATE search_doc SET lexemes = NULL;

-- name: search_docs :many
-- in: after_id int64, n int64
SELECT id, label, title, body FROM search_doc WHERE id > :after_id ORDER BY id LIMIT :n;

-- fragment: search_limits(d)
(:kind = 0 OR d.kind = :kind) AND (:body_id = 0 OR d.body_id = :body_id)
AND (:year = 0 OR d.year = :year) AND (d.is_public = 1 OR $visible(d.kind, d.object_id));

-- name: search_hits :many
-- only: sqlite
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64, n int64, skip int64
-- out: body str, body_key str, body_abbr str, is_seen int64
-- all: n of them
-- The best of the latest among hits. Texts are read for those that are shown only, and as far
-- as a page of them is sure to have room for. is_seen: by the actor; else it is found because
-- it is public.
SELECT d.kind, d.pid, d.label, d.title, substr(d.body, 1, 500000) AS body, d.at,
       coalesce(b.key, '') AS body_key, coalesce(b.abbr, '') AS body_abbr,
       $visible(d.kind, d.object_id) AS is_seen
  FROM (SELECT c.id, c.score, c.at
          FROM (SELECT d.id, norsk_rank(search_fts, 8.0, 4.0, 1.0) AS score, d.at
                  FROM search_fts f
                  JOIN search_doc d INDEXED BY search_doc_facts ON d.id = f.rowid
                 WHERE search_fts MATCH :match AND $search_limits(d)
                 ORDER BY f.rowid DESC LIMIT :among) c
         ORDER BY c.score, c.at DESC LIMIT :n OFFSET :skip) h
  JOIN search_doc d ON d.id = h.id LEFT JOIN body b ON b.id = d.body_id
 ORDER BY h.score, d.at DESC;

-- name: search_hits :many
-- only: pg
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64, n int64, skip int64
-- out: body str, body_key str, body_abbr str, is_seen int64
SELECT d.kind, d.pid, d.label, d.title, substr(d.body, 1, 500000) AS body, d.at,
       coalesce(b.key, '') AS body_key, coalesce(b.abbr, '') AS body_abbr,
       $visible(d.kind, d.object_id) AS is_seen
  FROM (SELECT d.* FROM search_doc d
         WHERE d.lexemes @@ CAST(:match AS tsquery) AND $search_limits(d)
         ORDER BY d.id DESC LIMIT :among) d
  LEFT JOIN body b ON b.id = d.body_id
 ORDER BY ts_rank(d.lexemes, CAST(:match AS tsquery)) DESC, d.at DESC LIMIT :n OFFSET :skip;

-- name: search_newest :many
-- only: sqlite
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64, n int64, skip int64
-- out: body str, body_key str, body_abbr str, is_seen int64
-- all: n of them
SELECT d.kind, d.pid, d.label, d.title, substr(d.body, 1, 500000) AS body, d.at,
       coalesce(b.key, '') AS body_key, coalesce(b.abbr, '') AS body_abbr,
       $visible(d.kind, d.object_id) AS is_seen
  FROM (SELECT c.id, c.at
          FROM (SELECT d.id, d.at
                  FROM search_fts f
                  JOIN search_doc d INDEXED BY search_doc_facts ON d.id = f.rowid
                 WHERE search_fts MATCH :match AND $search_limits(d)
                 ORDER BY f.rowid DESC LIMIT :among) c
         ORDER BY c.at DESC, c.id DESC LIMIT :n OFFSET :skip) h
  JOIN search_doc d ON d.id = h.id LEFT JOIN body b ON b.id = d.body_id
 ORDER BY d.at DESC, d.id DESC;

-- name: search_newest :many
-- only: pg
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64, n int64, skip int64
-- out: body str, body_key str, body_abbr str, is_seen int64
SELECT d.kind, d.pid, d.label, d.title, substr(d.body, 1, 500000) AS body, d.at,
       coalesce(b.key, '') AS body_key, coalesce(b.abbr, '') AS body_abbr,
       $visible(d.kind, d.object_id) AS is_seen
  FROM (SELECT d.* FROM search_doc d
         WHERE d.lexemes @@ CAST(:match AS tsquery) AND $search_limits(d)
         ORDER BY d.id DESC LIMIT :among) d
  LEFT JOIN body b ON b.id = d.body_id
 ORDER BY d.at DESC, d.id DESC LIMIT :n OFFSET :skip;

-- name: search_facets :many
-- only: sqlite
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64
-- out: n int64
-- all: counts of those among the latest, by kind, body and year
-- How many of the latest among hits are of each kind, body and year, as far as the actor may see.
SELECT h.kind, h.body_id, h.year, count(*) AS n
  FROM (SELECT d.kind, d.body_id, d.year
          FROM search_fts f JOIN search_doc d INDEXED BY search_doc_facts ON d.id = f.rowid
         WHERE search_fts MATCH :match AND $search_limits(d)
         ORDER BY f.rowid DESC LIMIT :among) h
 GROUP BY h.kind, h.body_id, h.year;

-- name: search_facets :many
-- only: pg
-- in: match str, audiences ints, kind int64, body_id int64, year int64, among int64
-- out: n int64
SELECT h.kind, h.body_id, h.year, count(*) AS n
  FROM (SELECT d.kind, d.body_id, d.year
          FROM search_doc d
         WHERE d.lexemes @@ CAST(:match AS tsquery) AND $search_limits(d)
         ORDER BY d.id DESC LIMIT :among) h
 GROUP BY h.kind, h.body_id, h.year;
