-- Rounds: parties are asked, by a deadline, for an answer.

-- fragment: round_columns(r)
r.id, r.pid, r.matter_id, r.kind, r.version_no, r.message, r.short_reason, r.opened_at,
r.deadline_at, r.closed_at, r.cancelled_at, r.reason, r.person_id, r.rev;

-- fragment: round_alive(r, m)
r.closed_at = 0 AND r.cancelled_at = 0 AND m.state = 7;

-- fragment: round_line(r, m)
r.pid, m.pid AS matter_pid, m.label, m.title, r.kind, r.opened_at, r.deadline_at, r.closed_at,
CASE WHEN r.closed_at = 0 AND r.cancelled_at = 0 AND m.state <> 7 THEN m.state_at
     ELSE r.cancelled_at END AS cancelled_at,
(SELECT count(*) FROM round_party t WHERE t.round_id = r.id) AS asked_n,
(SELECT count(*) FROM round_party t WHERE t.round_id = r.id AND t.answer BETWEEN 3 AND 7)
  AS answered_n,
(SELECT count(*) FROM round_party t WHERE t.round_id = r.id AND t.answer IN (4, 5))
  AS comments_n,
(SELECT count(*) FROM round_party t
  WHERE t.round_id = r.id AND t.answer IN (4, 5) AND t.disposition = 0) AS undisposed_n;

-- name: round_by_pid :maybe
-- row: struct round_row core/round_row.h
-- in: pid str
SELECT $round_columns(r) FROM round r WHERE r.pid = :pid;

-- name: round_of_matter :maybe
-- row: struct round_row core/round_row.h
-- in: matter_id int64
-- The latest round of a matter that was not cancelled.
SELECT $round_columns(r)
  FROM round r
 WHERE r.matter_id = :matter_id AND r.cancelled_at = 0
 ORDER BY r.opened_at DESC, r.id DESC LIMIT 1;

-- name: rounds_of_matter :many
-- in: matter_id int64
-- all: a matter is read through few times
SELECT id FROM round WHERE matter_id = :matter_id ORDER BY id;

-- name: round_parties :many
-- row: struct round_party core/round_row.h
-- in: round_id int64
-- out: person_name str
-- all: one for each party
-- Those asked, in the order of the parties.
SELECT t.party_id, p.pid AS party_pid, p.key AS party_key, p.name AS party_name, p.side,
       p.population, t.answer, t.text, t.opened_at, t.answered_at,
       coalesce(n.name, '') AS person_name, t.channel, t.note, t.reminded_at, t.reminders,
       t.disposition, t.disposition_reason, t.disposition_at, t.rev
  FROM round_party t
  JOIN party p ON p.id = t.party_id
  LEFT JOIN person n ON n.id = t.person_id
 WHERE t.round_id = :round_id ORDER BY p.pos, p.id;

-- name: round_recent :many
-- row: struct round_line core/round_row.h
-- in: audiences ints, at int64, id int64, n int64
-- out: cancelled_at int64, asked_n int64, answered_n int64, comments_n int64, undisposed_n int64
-- Rounds the actor may see, the newest first: those before the instant, and those at it before
-- the id.
SELECT $round_line(r, m)
  FROM round r
  JOIN matter m ON m.id = r.matter_id
 WHERE r.opened_at <= :at AND (r.opened_at < :at OR r.id < :id) AND $visible(3, r.id)
 ORDER BY r.opened_at DESC, r.id DESC LIMIT :n;

-- name: round_in_progress :many
-- row: struct round_line core/round_row.h
-- in: audiences ints, n int64
-- out: cancelled_at int64, asked_n int64, answered_n int64, comments_n int64, undisposed_n int64
-- Rounds whose result is not taken yet, the nearest deadline first.
SELECT $round_line(r, m)
  FROM round r
  JOIN matter m ON m.id = r.matter_id
 WHERE $round_alive(r, m) AND $visible(3, r.id)
 ORDER BY r.deadline_at, r.id LIMIT :n;

-- name: round_waiting_for :many
-- row: struct round_waiting core/round_row.h
-- in: audiences ints, party_id int64, n int64
-- Rounds that ask the party and that it has not answered, the nearest deadline first.
SELECT r.pid, m.label, m.title, r.opened_at, r.deadline_at, t.answer
  FROM round_party t
  JOIN round r ON r.id = t.round_id
  JOIN matter m ON m.id = r.matter_id
 WHERE t.party_id = :party_id AND t.answer < 3 AND $round_alive(r, m) AND $visible(3, r.id)
 ORDER BY r.deadline_at, r.id LIMIT :n;

-- name: round_rates :many
-- scan: every round that is over counts
-- in: audiences ints, now_at int64
-- out: asked_n int64, answered_n int64, late_n int64, comments_n int64
-- How each party has answered the rounds whose deadline has passed, or that are closed.
SELECT p.pid AS party_pid, p.key AS party_key, p.name AS party_name, p.population,
       count(*) AS asked_n,
       count(CASE WHEN t.answer BETWEEN 3 AND 7 THEN 1 END) AS answered_n,
       count(CASE WHEN t.answer BETWEEN 3 AND 7 AND t.answered_at >= r.deadline_at
                  THEN 1 END) AS late_n,
       count(CASE WHEN t.answer IN (4, 5) THEN 1 END) AS comments_n
  FROM round r
  JOIN round_party t ON t.round_id = r.id
  JOIN party p ON p.id = t.party_id
 WHERE r.cancelled_at = 0 AND (r.deadline_at <= :now_at OR r.closed_at <> 0)
   AND $visible(3, r.id)
 GROUP BY p.id
 ORDER BY p.pos, p.id;

-- name: round_version :many
-- in: matter_id int64, no int64
-- all: one for each kind
-- The text that is read.
SELECT kind, text FROM version_section WHERE matter_id = :matter_id AND no = :no ORDER BY kind;

-- name: round_add :insert
-- in: pid str, matter_id int64, kind int64, version_no int64, message str, short_reason str, now_at int64, deadline_at int64, person_id int64
INSERT INTO round (pid, matter_id, kind, version_no, message, short_reason, opened_at,
                   deadline_at, person_id)
VALUES (:pid, :matter_id, :kind, :version_no, :message, :short_reason, :now_at, :deadline_at,
        :person_id);

-- name: round_party_add :exec
-- in: round_id int64, party_id int64
INSERT INTO round_party (round_id, party_id, answer) VALUES (:round_id, :party_id, 1);

-- name: round_set_deadline :exec
-- in: id int64, deadline_at int64, reason str
UPDATE round SET deadline_at = :deadline_at, reason = :reason, rev = rev + 1 WHERE id = :id;

-- name: round_set_closed :exec
-- in: id int64, now_at int64
UPDATE round SET closed_at = :now_at, rev = rev + 1 WHERE id = :id;

-- name: round_set_cancelled :exec
-- in: id int64, reason str, now_at int64
UPDATE round SET cancelled_at = :now_at, reason = :reason, rev = rev + 1 WHERE id = :id;

-- name: round_party_look :exec
-- in: round_id int64, party_id int64, now_at int64
UPDATE round_party SET answer = 2, opened_at = :now_at, rev = rev + 1
 WHERE round_id = :round_id AND party_id = :party_id;

-- name: round_party_answer :exec
-- in: round_id int64, party_id int64, answer int64, text str, person_id int64, appointment_id int64, channel int64, note str, now_at int64
-- An answer, first or changed: what was said of the text before no longer holds.
UPDATE round_party
   SET answer = :answer, text = :text, answered_at = :now_at, person_id = :person_id,
       appointment_id = :appointment_id, channel = :channel, note = :note,
       opened_at = CASE WHEN opened_at = 0 AND :channel = 1 THEN :now_at ELSE opened_at END,
       disposition = 0, disposition_reason = '', disposition_at = 0, rev = rev + 1
 WHERE round_id = :round_id AND party_id = :party_id;

-- name: round_party_withdraw :exec
-- in: round_id int64, party_id int64, now_at int64
UPDATE round_party
   SET answer = 2, opened_at = CASE WHEN opened_at = 0 THEN :now_at ELSE opened_at END,
       text = '', answered_at = 0, person_id = 0, appointment_id = 0, channel = 0,
       note = '', disposition = 0, disposition_reason = '', disposition_at = 0, rev = rev + 1
 WHERE round_id = :round_id AND party_id = :party_id;

-- name: round_party_remind :exec
-- in: round_id int64, party_id int64, now_at int64
UPDATE round_party SET reminded_at = :now_at, reminders = reminders + 1
 WHERE round_id = :round_id AND party_id = :party_id;

-- name: round_party_dispose :exec
-- in: round_id int64, party_id int64, disposition int64, reason str, now_at int64
UPDATE round_party
   SET disposition = :disposition, disposition_reason = :reason, disposition_at = :now_at,
       rev = rev + 1
 WHERE round_id = :round_id AND party_id = :party_id;
