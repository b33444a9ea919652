-- What witnesses have signed, for who reads the record.

-- name: witness_keys :many
-- All that have ever been named.
SELECT id, key FROM witness ORDER BY id;

-- name: cosignature_lines :many
-- in: size int64
-- all: one for each witness
SELECT line FROM cosignature WHERE size = :size ORDER BY witness_id;

-- name: cosignatures :many
-- in: from_size int64, after_witness int64, max_n int64
-- All in order of size and witness, each with its key, and the checkpoint if it is there.
-- out: note str?
SELECT c.size, c.witness_id, c.line, c.signed_at, w.key, k.note
  FROM cosignature c
  JOIN witness w ON w.id = c.witness_id
  LEFT JOIN journal_checkpoint k ON k.size = c.size
 WHERE c.size >= :from_size AND (c.size > :from_size OR c.witness_id > :after_witness)
 ORDER BY c.size, c.witness_id LIMIT :max_n;
