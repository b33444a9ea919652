-- Who cosigns checkpoints for a side, and taking in what they sign.

-- name: witness_add :insert
-- in: pid str, party_id int64, side int64, key str, now_at int64
INSERT INTO witness (pid, party_id, side, key, from_at)
VALUES (:pid, :party_id, :side, :key, :now_at);

-- name: witness_end :exec
-- in: party_id int64, now_at int64
-- A party has one witness at a time.
UPDATE witness SET ended_at = :now_at WHERE party_id = :party_id AND ended_at IS NULL;

-- name: witness_by_key :maybe
-- in: key str
SELECT id FROM witness WHERE key = :key;

-- name: witnesses :many
-- out: size int64, signed_at int64
-- all: one for each witness
-- Those that may sign now, each with what it signed last; 0: nothing yet.
SELECT w.id, w.pid, w.side, w.key, w.from_at, p.name AS party,
       coalesce(c.size, 0) AS size, coalesce(c.signed_at, 0) AS signed_at
  FROM witness w JOIN party p ON p.id = w.party_id
  LEFT JOIN cosignature c ON c.witness_id = w.id
   AND c.size = (SELECT max(x.size) FROM cosignature x WHERE x.witness_id = w.id)
 WHERE w.ended_at IS NULL
 ORDER BY w.side, p.pos, w.id;

-- name: cosignature_add :exec
-- in: size int64, witness_id int64, line str, signed_at int64
INSERT INTO cosignature (size, witness_id, line, signed_at)
VALUES (:size, :witness_id, :line, :signed_at)
ON CONFLICT (size, witness_id) DO NOTHING;

-- name: checkpoint_at :maybe
-- in: size int64
SELECT note, at FROM journal_checkpoint WHERE size = :size;
