-- What the secretariat has published. Nothing else is public.

-- name: public_meetings_next :many
-- in: now_at int64, n int64
SELECT m.pid, m.label, m.starts_at, m.place, m.state, b.key AS body_key,
       b.name AS body_name
  FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.published_at <> 0 AND m.starts_at >= :now_at
 ORDER BY m.starts_at, m.id LIMIT :n;

-- name: public_meetings_held :many
-- in: at int64, id int64, n int64
-- Those before the instant, and those at it before the id; the latest first.
SELECT m.pid, m.label, m.starts_at, m.place, m.state, b.key AS body_key,
       b.name AS body_name
  FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.published_at <> 0 AND m.starts_at <= :at AND (m.starts_at < :at OR m.id < :id)
 ORDER BY m.starts_at DESC, m.id DESC LIMIT :n;

-- name: public_meeting :maybe
-- in: pid str
-- out: minutes_text str?, minutes_at int64?
-- A published meeting, with its minutes when those are published too.
SELECT m.id, m.pid, m.label, m.starts_at, m.length_min, m.place, m.state,
       b.key AS body_key, b.name AS body_name,
       x.public_text AS minutes_text, x.published_at AS minutes_at
  FROM meeting m JOIN body b ON b.id = m.body_id
  LEFT JOIN minutes x ON x.meeting_id = m.id AND x.published_at <> 0
 WHERE m.pid = :pid AND m.published_at <> 0;

-- name: public_agenda :many
-- in: meeting_id int64
-- out: label str, matter_pid str, exempt_basis str
-- all: one agenda
-- The agenda; what a matter that is exempt is called stays hidden, and what came on after the
-- summons until the minutes are out.
SELECT i.pos, i.title, i.kind, i.length_min, coalesce(t.label, '') AS label,
       CASE WHEN t.published_at <> 0 THEN t.pid ELSE '' END AS matter_pid,
       coalesce(t.exempt_basis, '') AS exempt_basis
  FROM agenda_item i LEFT JOIN matter t ON t.id = i.matter_id
 WHERE i.meeting_id = :meeting_id
   AND (i.late_reason = '' OR EXISTS (SELECT 1 FROM minutes x
                                       WHERE x.meeting_id = i.meeting_id
                                         AND x.published_at <> 0))
 ORDER BY i.pos, i.id;

-- name: public_decisions :many
-- in: day int64, id int64, n int64
-- Those of days before the day, and those of the day itself before the id; the latest first.
SELECT d.pid, d.label, d.title, d.decided_day, d.authority, b.abbr AS body_abbr
  FROM decision d JOIN body b ON b.id = d.body_id JOIN matter t ON t.id = d.matter_id
 WHERE d.published_at <> 0 AND t.exempt_basis = '' AND d.decided_day <= :day
   AND (d.decided_day < :day OR d.id < :id)
 ORDER BY d.decided_day DESC, d.id DESC LIMIT :n;

-- name: public_decision :maybe
-- in: pid str
-- out: matter_pid str, meeting_pid str
SELECT d.id, d.pid, d.label, d.title, d.text, d.remark, d.decided_day, d.due_day, d.authority,
       b.key AS body_key, b.name AS body_name, m.label AS meeting_label,
       CASE WHEN m.published_at <> 0 THEN m.pid ELSE '' END AS meeting_pid,
       CASE WHEN t.published_at <> 0 THEN t.pid ELSE '' END AS matter_pid
  FROM decision d
  JOIN body b ON b.id = d.body_id
  JOIN meeting m ON m.id = d.meeting_id
  JOIN matter t ON t.id = d.matter_id
 WHERE d.pid = :pid AND d.published_at <> 0 AND t.exempt_basis = '';

-- name: public_matter :maybe
-- in: pid str
SELECT m.id, m.pid, m.label, m.title, m.summary, m.ready_version_no, p.name AS party_name
  FROM matter m JOIN party p ON p.id = m.proposer_party_id
 WHERE m.pid = :pid AND m.published_at <> 0 AND m.exempt_basis = '';

-- name: public_matter_text :many
-- in: matter_id int64, no int64
-- all: one for each kind
SELECT kind, text FROM version_section WHERE matter_id = :matter_id AND no = :no ORDER BY kind;
