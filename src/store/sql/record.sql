-- The joint record as it is read by those who may see what an entry is about.

-- name: record_seen :many
-- in: seqs ints, audiences ints
-- all: as many as were asked for
-- Of some entries those about a matter, a round, a meeting or a decision the actor may see.
SELECT e.seq FROM journal_entry e JOIN matter m ON m.pid = substr(e.object, 8)
 WHERE e.seq IN (:seqs) AND substr(e.object, 1, 7) = 'matter:' AND $visible(2, m.id) UNION ALL
SELECT e.seq FROM journal_entry e JOIN round m ON m.pid = substr(e.object, 7)
 WHERE e.seq IN (:seqs) AND substr(e.object, 1, 6) = 'round:' AND $visible(3, m.id) UNION ALL
SELECT e.seq FROM journal_entry e JOIN meeting m ON m.pid = substr(e.object, 9)
 WHERE e.seq IN (:seqs) AND substr(e.object, 1, 8) = 'meeting:' AND $visible(4, m.id) UNION ALL
SELECT e.seq FROM journal_entry e JOIN decision m ON m.pid = substr(e.object, 10)
 WHERE e.seq IN (:seqs) AND substr(e.object, 1, 9) = 'decision:' AND $visible(6, m.id);
