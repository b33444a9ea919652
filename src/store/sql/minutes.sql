-- Minutes: the words added to what happened, comments, approvals, corrections.

-- name: minutes_by_meeting :maybe
-- row: struct minutes_words core/minutes_row.h
-- in: meeting_id int64
SELECT x.meeting_id, x.municipal_author_id, x.trust_author_id, x.preamble, x.closing,
       x.text_rev, x.approved_at, x.hash, x.text, x.published_at, x.rev,
       k.name AS municipal_name, k.pid AS municipal_pid, s.name AS trust_name,
       s.pid AS trust_pid
  FROM minutes x JOIN person k ON k.id = x.municipal_author_id
  JOIN person s ON s.id = x.trust_author_id
 WHERE x.meeting_id = :meeting_id;

-- name: minutes_add :exec
-- in: meeting_id int64, municipal_author_id int64, trust_author_id int64, preamble str, closing str
-- Revision 1 is that nothing is written: of two who begin at once, one is told.
INSERT INTO minutes (meeting_id, municipal_author_id, trust_author_id, preamble, closing, rev)
VALUES (:meeting_id, :municipal_author_id, :trust_author_id, :preamble, :closing, 2);

-- name: minutes_set :exec
-- in: meeting_id int64, municipal_author_id int64, trust_author_id int64, preamble str, closing str
-- Approvals given so far no longer hold.
UPDATE minutes
   SET municipal_author_id = :municipal_author_id, trust_author_id = :trust_author_id,
       preamble = :preamble, closing = :closing, text_rev = text_rev + 1, rev = rev + 1
 WHERE meeting_id = :meeting_id;

-- name: minutes_lock :exec
-- in: meeting_id int64, text str, hash str, now_at int64
UPDATE minutes SET text = :text, hash = :hash, approved_at = :now_at, rev = rev + 1
 WHERE meeting_id = :meeting_id;

-- name: minutes_publish :exec
-- in: meeting_id int64, public_text str, now_at int64
UPDATE minutes SET public_text = :public_text, published_at = :now_at, rev = rev + 1
 WHERE meeting_id = :meeting_id;

-- name: minutes_with_matter :many
-- in: matter_id int64
-- all: a matter stands on few agendas
-- The meetings with published minutes that a matter stands on.
SELECT DISTINCT m.id, m.pid FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
  JOIN minutes x ON x.meeting_id = m.id
 WHERE i.matter_id = :matter_id AND i.matter_id <> 0 AND x.published_at <> 0 ORDER BY m.id;

-- name: minutes_meeting_published :exec
-- in: id int64, now_at int64
UPDATE meeting SET published_at = :now_at WHERE id = :id AND published_at = 0;

-- name: minutes_approval_add :exec
-- in: meeting_id int64, text_rev int64, person_id int64, places int64, side int64, appointment_id int64, now_at int64
INSERT INTO minutes_approval (meeting_id, text_rev, person_id, places, side, appointment_id, at)
VALUES (:meeting_id, :text_rev, :person_id, :places, :side, :appointment_id, :now_at);

-- name: minutes_approvals :many
-- in: meeting_id int64, text_rev int64
-- all: one for each person who may approve
SELECT t.person_id, t.places, t.side, t.at, n.name, n.title
  FROM minutes_approval t JOIN person n ON n.id = t.person_id
 WHERE t.meeting_id = :meeting_id AND t.text_rev = :text_rev ORDER BY t.at, t.person_id;

-- name: minutes_comment_add :insert
-- in: pid str, meeting_id int64, item_id int64, text str, now_at int64, person_id int64, party_id int64
INSERT INTO minutes_comment (pid, meeting_id, item_id, text, at, person_id, party_id)
VALUES (:pid, :meeting_id, :item_id, :text, :now_at, :person_id, :party_id);

-- name: minutes_comment_answer :exec
-- in: pid str, meeting_id int64, answer str, now_at int64
UPDATE minutes_comment SET answer = :answer, answered_at = :now_at
 WHERE pid = :pid AND meeting_id = :meeting_id AND answered_at = 0;

-- name: minutes_comment_by_pid :maybe
-- in: pid str, meeting_id int64
SELECT id, person_id, at, answered_at FROM minutes_comment
 WHERE pid = :pid AND meeting_id = :meeting_id;

-- name: minutes_comments_open :one
-- in: meeting_id int64
-- out: n int64
-- How many are not answered.
SELECT count(*) AS n FROM minutes_comment WHERE meeting_id = :meeting_id AND answered_at = 0;

-- name: minutes_comments :many
-- row: struct minutes_comment core/minutes_row.h
-- in: meeting_id int64, at int64, id int64, n int64
-- out: item_title str
-- The newest first: those before the instant, and those at it before the id.
SELECT c.pid, c.item_id, c.text, c.at, c.answer, c.answered_at, n.name AS person_name,
       p.name AS party_name, coalesce(i.title, '') AS item_title
  FROM minutes_comment c JOIN person n ON n.id = c.person_id JOIN party p ON p.id = c.party_id
  LEFT JOIN agenda_item i ON i.id = c.item_id
 WHERE c.meeting_id = :meeting_id AND c.at <= :at AND (c.at < :at OR c.id < :id)
 ORDER BY c.at DESC, c.id DESC LIMIT :n;

-- name: minutes_correction_add :insert
-- in: pid str, meeting_id int64, item_id int64, hash str, text str, reason str, now_at int64, person_id int64, party_id int64
INSERT INTO minutes_correction (pid, meeting_id, item_id, hash, text, reason, at, person_id,
                                party_id)
VALUES (:pid, :meeting_id, :item_id, :hash, :text, :reason, :now_at, :person_id, :party_id);

-- name: minutes_corrections :many
-- row: struct minutes_correction core/minutes_row.h
-- in: meeting_id int64, at int64, id int64, n int64
-- out: item_title str
-- As the comments.
SELECT c.pid, c.hash, c.text, c.reason, c.at, n.name AS person_name, p.name AS party_name,
       coalesce(i.title, '') AS item_title
  FROM minutes_correction c JOIN person n ON n.id = c.person_id
  JOIN party p ON p.id = c.party_id LEFT JOIN agenda_item i ON i.id = c.item_id
 WHERE c.meeting_id = :meeting_id AND c.at <= :at AND (c.at < :at OR c.id < :id)
 ORDER BY c.at DESC, c.id DESC LIMIT :n;

-- name: minutes_correction_by_pid :maybe
-- in: pid str, meeting_id int64
SELECT id, at FROM minutes_correction WHERE pid = :pid AND meeting_id = :meeting_id;

-- name: minutes_decisions :many
-- row: struct minutes_decision core/minutes_row.h
-- in: meeting_id int64
-- out: lines_n int64
-- all: one for each item of an agenda
-- What the meeting decided, item by item.
SELECT d.id, d.pid, d.label, d.item_id, d.matter_id, d.authority, d.due_day,
       d.published_at, t.exempt_basis,
       (SELECT count(*) FROM followup f WHERE f.decision_id = d.id) AS lines_n
  FROM decision d JOIN matter t ON t.id = d.matter_id
 WHERE d.meeting_id = :meeting_id ORDER BY d.no, d.id;

-- name: minutes_positions :many
-- row: struct minutes_position core/minutes_row.h
-- in: meeting_id int64
-- all: two for each item of an agenda
-- What the sides have released of what they held.
SELECT p.item_id, p.side, p.kind, p.text, p.minority
  FROM agenda_item i JOIN position p ON p.item_id = i.id
 WHERE i.meeting_id = :meeting_id AND p.released_at <> 0 ORDER BY p.item_id, p.side;

-- name: minutes_recusals :many
-- row: struct minutes_recusal core/minutes_row.h
-- in: meeting_id int64
-- all: one for each seat and item of an agenda
-- Who left the room, and for which item.
SELECT r.item_id, s.label, r.reason
  FROM agenda_item i JOIN recusal r ON r.item_id = i.id JOIN seat s ON s.id = r.seat_id
 WHERE i.meeting_id = :meeting_id ORDER BY r.item_id, s.pos, s.id;

-- name: minutes_exempt :many
-- row: struct minutes_exempt core/minutes_row.h
-- in: meeting_id int64
-- all: one for each item of an agenda
-- The items whose matter is not public, and by which rule.
SELECT i.id, t.exempt_basis FROM agenda_item i JOIN matter t ON t.id = i.matter_id
 WHERE i.meeting_id = :meeting_id AND t.exempt_basis <> '';

-- name: minutes_waiting :many
-- in: audiences ints, held int64, published int64, n int64
-- Meetings between held and published that the actor may see, the longest waiting first.
SELECT m.pid, m.label, m.state, m.state_at, b.key AS body_key,
       b.name AS body_name
  FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.state >= :held AND m.state < :published AND $visible(4, m.id)
 ORDER BY m.state_at, m.id LIMIT :n;
