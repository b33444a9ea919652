-- name: journal_head :maybe
-- The last entry.
SELECT seq, text FROM journal_entry ORDER BY seq DESC LIMIT 1;

-- name: journal_nodes :many
-- in: positions ints
-- all: those at the positions
SELECT pos, hash FROM journal_node WHERE pos IN (:positions) ORDER BY pos DESC;

-- name: journal_last_of :maybe
-- in: object str
-- The last entry about an object.
SELECT seq, text FROM journal_entry WHERE object = :object ORDER BY seq DESC LIMIT 1;

-- name: journal_entry_add :exec
-- in: seq int64, text str, at_ms int64, action str, object str, rev int64, actor str, org str
INSERT INTO journal_entry (seq, text, at_ms, action, object, rev, actor, org)
VALUES (:seq, :text, :at_ms, :action, :object, :rev, :actor, :org);

-- name: journal_content_add :exec
-- in: seq int64, key blob, content blob
INSERT INTO journal_content (seq, key, content) VALUES (:seq, :key, :content);

-- name: journal_node_add :exec
-- in: pos int64, hash blob
INSERT INTO journal_node (pos, hash) VALUES (:pos, :hash);

-- name: journal_back :maybe
-- in: seq int64
-- What was written, for the check before it is committed.
SELECT e.text, c.key, c.content
  FROM journal_entry e JOIN journal_content c ON c.seq = e.seq
 WHERE e.seq = :seq;

-- name: journal_content_at :maybe
-- in: seq int64
SELECT key, content FROM journal_content WHERE seq = :seq;

-- name: journal_content_drop :exec
-- in: seq int64
DELETE FROM journal_content WHERE seq = :seq;

-- name: journal_range :many
-- in: from_seq int64, max_n int64
-- out: key blob?, content blob?
-- Entries from from_seq on with their columns and content, in order.
SELECT e.seq, e.text, e.at_ms, e.action, e.object, e.rev, e.actor, e.org, c.key, c.content
  FROM journal_entry e LEFT JOIN journal_content c ON c.seq = e.seq
 WHERE e.seq >= :from_seq
 ORDER BY e.seq LIMIT :max_n;

-- name: journal_texts :many
-- in: from_seq int64, to_seq int64
-- all: those from one number to another
SELECT seq, text FROM journal_entry WHERE seq >= :from_seq AND seq < :to_seq ORDER BY seq;

-- name: journal_of_object :many
-- in: object str, before_seq int64, max_n int64
-- out: content blob?
-- The history of an object, the newest first. Of the content no more than what the act said,
-- which comes first: the rows may be as large as an attachment's text.
SELECT e.seq, e.text, substr(c.content, 1, 65536) AS content
  FROM journal_entry e LEFT JOIN journal_content c ON c.seq = e.seq
 WHERE e.object = :object AND e.seq < :before_seq
 ORDER BY e.seq DESC LIMIT :max_n;

-- name: journal_first_of_object :many
-- in: object str, before_seq int64, max_n int64
-- out: content blob?
-- How it began, the oldest first, with as much of the content as above.
SELECT e.seq, e.text, substr(c.content, 1, 65536) AS content
  FROM journal_entry e LEFT JOIN journal_content c ON c.seq = e.seq
 WHERE e.object = :object AND e.seq < :before_seq
 ORDER BY e.seq LIMIT :max_n;

-- name: journal_latest :many
-- in: before_seq int64, max_n int64
-- out: content blob?
-- What happened in the space, the newest first, with as much of the content as above.
SELECT e.seq, e.text, substr(c.content, 1, 65536) AS content
  FROM journal_entry e LEFT JOIN journal_content c ON c.seq = e.seq
 WHERE e.seq < :before_seq
 ORDER BY e.seq DESC LIMIT :max_n;

-- name: journal_odd_content :many
-- in: size int64
-- Content of entries that are not there.
SELECT seq FROM journal_content WHERE seq < 0 OR seq >= :size ORDER BY seq LIMIT 100;

-- name: journal_node_range :many
-- in: from_pos int64, to_pos int64, max_n int64
SELECT pos, hash FROM journal_node
 WHERE pos >= :from_pos AND pos < :to_pos ORDER BY pos LIMIT :max_n;

-- name: journal_checkpoint_add :exec
-- in: size int64, root blob, note str, at int64
INSERT INTO journal_checkpoint (size, root, note, at) VALUES (:size, :root, :note, :at)
ON CONFLICT (size) DO NOTHING;

-- name: journal_checkpoint_last :maybe
SELECT size, root, note, at FROM journal_checkpoint ORDER BY size DESC LIMIT 1;

-- name: journal_checkpoint_covering :maybe
-- in: seq int64
-- The first that holds entry seq.
SELECT size, root, note, at FROM journal_checkpoint WHERE size > :seq ORDER BY size LIMIT 1;

-- name: journal_checkpoints :many
-- in: from_size int64, max_n int64
-- The first first.
SELECT size, root, note, at FROM journal_checkpoint
 WHERE size >= :from_size ORDER BY size LIMIT :max_n;
