-- Decisions, and how each party carries them out.

-- fragment: decision_columns(d)
d.id, d.pid, d.year, d.no, d.label, d.matter_id, d.meeting_id, d.item_id, d.body_id,
d.authority, d.rule, d.title, d.text, d.remark, d.decided_day, d.due_day, d.final_at,
d.closed_at, d.replaced_by_id, d.published_at, d.rev,
t.pid AS matter_pid, t.label AS matter_label, t.title AS matter_title, t.exempt_basis,
m.pid AS meeting_pid, m.label AS meeting_label,
b.pid AS body_pid, b.key AS body_key, b.name AS body_name, b.abbr AS body_abbr,
coalesce((SELECT n.pid FROM decision n WHERE n.id = d.replaced_by_id), '') AS new_pid,
coalesce((SELECT n.label FROM decision n WHERE n.id = d.replaced_by_id), '') AS new_label;

-- fragment: decision_tables(d)
decision d JOIN matter t ON t.id = d.matter_id JOIN meeting m ON m.id = d.meeting_id
JOIN body b ON b.id = d.body_id;

-- fragment: decision_row(d)
d.id, d.pid, d.label, d.title, d.authority, d.decided_day, d.due_day, d.final_at, d.closed_at,
d.published_at, d.replaced_by_id, b.pid AS body_pid, b.abbr AS body_abbr,
t.pid AS matter_pid, t.label AS matter_label;

-- name: decision_item :maybe
-- in: id int64
-- The agenda item that a decision comes from.
SELECT i.id, i.meeting_id, i.matter_id, i.title, i.outcome, i.text, i.remark, i.due_day,
       m.body_id, b.key AS body_key
  FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id JOIN body b ON b.id = m.body_id
 WHERE i.id = :id;

-- name: decision_last_no :one
-- in: body_id int64, year int64
-- out: no int64
-- The number before the first that is free: one that was undone is given to the next.
SELECT min(x.no) AS no FROM (
  SELECT y.no, lead(y.no) OVER (ORDER BY y.no) AS after
    FROM (SELECT 0 AS no UNION ALL SELECT d.no FROM decision d WHERE d.body_id = :body_id AND d.year = :year) y) x
 WHERE x.after IS NULL OR x.after > x.no + 1;

-- name: decision_last_no_of_year :one
-- in: year int64
-- out: no int64
-- scan: one row for each decision there has been, and only when one is made
SELECT min(x.no) AS no FROM (
  SELECT y.no, lead(y.no) OVER (ORDER BY y.no) AS after
    FROM (SELECT 0 AS no UNION ALL SELECT d.no FROM decision d WHERE d.year = :year) y) x
 WHERE x.after IS NULL OR x.after > x.no + 1;

-- name: decision_last_no_of_body :one
-- in: body_id int64
-- out: no int64
SELECT min(x.no) AS no FROM (
  SELECT y.no, lead(y.no) OVER (ORDER BY y.no) AS after
    FROM (SELECT 0 AS no UNION ALL SELECT d.no FROM decision d WHERE d.body_id = :body_id) y) x
 WHERE x.after IS NULL OR x.after > x.no + 1;

-- name: decision_add :insert
-- in: pid str, year int64, no int64, label str, matter_id int64, meeting_id int64, item_id int64, body_id int64, authority int64, rule str, title str, text str, remark str, decided_day int64, due_day int64
INSERT INTO decision (pid, year, no, label, matter_id, meeting_id, item_id, body_id, authority,
                      rule, title, text, remark, decided_day, due_day)
VALUES (:pid, :year, :no, :label, :matter_id, :meeting_id, :item_id, :body_id, :authority,
        :rule, :title, :text, :remark, :decided_day, :due_day);

-- name: followup_add :exec
-- in: decision_id int64, party_id int64, status int64, due_day int64
INSERT INTO followup (decision_id, party_id, status, due_day)
VALUES (:decision_id, :party_id, :status, :due_day);

-- name: decision_by_pid :maybe
-- row: struct decision core/decision_row.h
-- in: pid str
-- out: new_pid str, new_label str
SELECT $decision_columns(d) FROM $decision_tables(d) WHERE d.pid = :pid;

-- name: decision_by_id :maybe
-- row: struct decision core/decision_row.h
-- in: id int64
-- out: new_pid str, new_label str
SELECT $decision_columns(d) FROM $decision_tables(d) WHERE d.id = :id;

-- name: decision_of_matter :many
-- in: matter_id int64
-- out: lines_n int64, open_n int64
-- all: a matter is decided in few meetings
-- The decisions a matter led to, and what is left of each.
SELECT d.id, d.final_at,
       (SELECT count(*) FROM followup f WHERE f.decision_id = d.id) AS lines_n,
       (SELECT count(*) FROM followup f WHERE f.decision_id = d.id AND f.status < 3) AS open_n
  FROM decision d WHERE d.matter_id = :matter_id ORDER BY d.id;

-- name: followup_list :many
-- row: struct followup core/decision_row.h
-- in: decision_id int64
-- out: person_name str, seen_name str
-- all: one for each party
-- The lines of a decision, in the order of the parties.
SELECT f.decision_id, f.party_id, f.status, f.note, f.due_day, f.updated_at, f.on_behalf,
       f.sent_at, f.seen_at, f.passed_on_at, f.reminded_at, f.rev,
       p.pid AS party_pid, p.key AS party_key, p.name AS party_name, p.side,
       coalesce(u.name, '') AS person_name, coalesce(s.name, '') AS seen_name
  FROM followup f JOIN party p ON p.id = f.party_id
  LEFT JOIN person u ON u.id = f.person_id LEFT JOIN person s ON s.id = f.seen_by
 WHERE f.decision_id = :decision_id ORDER BY p.pos, p.id;

-- name: decision_set_final :exec
-- in: id int64, now_at int64
UPDATE decision SET final_at = :now_at, rev = rev + 1 WHERE id = :id;

-- name: decision_set_closed :exec
-- in: id int64, now_at int64
UPDATE decision SET closed_at = :now_at, rev = rev + 1 WHERE id = :id;

-- name: followup_set_sent :exec
-- in: decision_id int64, now_at int64
UPDATE followup SET sent_at = :now_at WHERE decision_id = :decision_id;

-- name: decision_of_item :maybe
-- in: item_id int64
SELECT id, pid, final_at FROM decision WHERE item_id = :item_id;

-- name: followup_remove :exec
-- in: decision_id int64
DELETE FROM followup WHERE decision_id = :decision_id;

-- name: decision_remove :exec
-- in: id int64
-- Only before it is final: an outcome that was recorded wrongly.
DELETE FROM decision WHERE id = :id AND final_at = 0;

-- name: decision_set_published :exec
-- in: id int64, now_at int64
UPDATE decision SET published_at = :now_at, rev = rev + 1 WHERE id = :id;

-- name: decision_set_replaced :exec
-- in: id int64, by_id int64, now_at int64
UPDATE decision SET replaced_by_id = :by_id, closed_at = :now_at, rev = rev + 1 WHERE id = :id;

-- name: followup_set_seen :exec
-- in: decision_id int64, party_id int64, person_id int64, now_at int64
UPDATE followup SET seen_at = :now_at, seen_by = :person_id, rev = rev + 1
 WHERE decision_id = :decision_id AND party_id = :party_id;

-- name: followup_set_passed_on :exec
-- in: decision_id int64, party_id int64, now_at int64
UPDATE followup SET passed_on_at = :now_at, rev = rev + 1
 WHERE decision_id = :decision_id AND party_id = :party_id;

-- name: followup_set_status :exec
-- in: decision_id int64, party_id int64, status int64, note str, person_id int64, on_behalf int64, now_at int64
UPDATE followup
   SET status = :status, note = :note, person_id = :person_id, on_behalf = :on_behalf,
       updated_at = :now_at, rev = rev + 1
 WHERE decision_id = :decision_id AND party_id = :party_id;

-- name: followup_set_reminded :exec
-- in: decision_id int64, party_id int64, now_at int64
UPDATE followup SET reminded_at = :now_at
 WHERE decision_id = :decision_id AND party_id = :party_id;

-- name: followup_cancel :exec
-- in: decision_id int64, cancelled int64, now_at int64
-- What was not finished of a decision that a new one replaced.
UPDATE followup SET status = :cancelled, updated_at = :now_at, rev = rev + 1
 WHERE decision_id = :decision_id AND status < 3;

-- name: decision_recent :many
-- row: struct decision_row core/decision_row.h
-- in: audiences ints, day int64, id int64, n int64
-- Decisions that the actor may see, the newest first: of days before the day, and those of the
-- day itself before the id.
SELECT $decision_row(d)
  FROM decision d JOIN body b ON b.id = d.body_id JOIN matter t ON t.id = d.matter_id
 WHERE d.decided_day <= :day AND (d.decided_day < :day OR d.id < :id) AND $visible(6, d.id)
 ORDER BY d.decided_day DESC, d.id DESC LIMIT :n;

-- name: decision_going :many
-- row: struct decision_row core/decision_row.h
-- in: audiences ints, n int64
-- Decisions that are being carried out, as far as the actor may see, by deadline.
SELECT $decision_row(d)
  FROM decision d JOIN body b ON b.id = d.body_id JOIN matter t ON t.id = d.matter_id
 WHERE d.closed_at = 0 AND d.due_day > 0 AND d.final_at > 0 AND $visible(6, d.id)
 ORDER BY d.due_day, d.id LIMIT :n;

-- name: decision_of_meeting :many
-- row: struct decision_row core/decision_row.h
-- in: audiences ints, meeting_id int64, n int64
-- What a meeting decided, as far as the actor may see.
SELECT $decision_row(d)
  FROM decision d JOIN body b ON b.id = d.body_id JOIN matter t ON t.id = d.matter_id
 WHERE d.meeting_id = :meeting_id AND $visible(6, d.id)
 ORDER BY d.no, d.id LIMIT :n;

-- name: decision_late :many
-- in: audiences ints, today int64, n int64
-- out: late_n int64
-- Decisions with lines past their deadline, which is the decision's own; the oldest first.
SELECT d.pid, d.label, d.title, d.due_day, count(*) AS late_n
  FROM decision d JOIN followup f ON f.decision_id = d.id
 WHERE d.closed_at = 0 AND d.due_day > 0 AND d.due_day < :today AND d.final_at > 0
   AND f.status < 3 AND $visible(6, d.id)
 GROUP BY d.id, d.pid, d.label, d.title, d.due_day ORDER BY d.due_day, d.id LIMIT :n;

-- name: followup_cells :many
-- in: decisions ints
-- all: one for each party and decision asked for
-- The lines of several decisions, party by party.
SELECT f.decision_id, f.party_id, f.status, f.due_day, f.sent_at, f.seen_at, p.pid AS party_pid,
       p.name AS party_name, p.side
  FROM followup f JOIN party p ON p.id = f.party_id
 WHERE f.decision_id IN (:decisions) ORDER BY p.pos, p.id, f.decision_id;

-- name: followup_of_party :many
-- in: audiences ints, party_id int64, n int64
-- What a party is to carry out or has carried out, by deadline, what is open first.
SELECT d.pid, d.label, d.title, d.decided_day, b.abbr AS body_abbr, f.status, f.note, f.due_day,
       f.sent_at, f.seen_at, f.updated_at, f.rev
  FROM followup f JOIN decision d ON d.id = f.decision_id JOIN body b ON b.id = d.body_id
 WHERE f.party_id = :party_id AND d.final_at > 0 AND $visible(6, d.id)
 ORDER BY (f.status > 2), f.due_day, d.id LIMIT :n;

-- name: decision_after :many
-- row: struct decision_row core/decision_row.h
-- in: audiences ints, matter_id int64, authority int64
-- all: few matters take up the same decision again
-- Final decisions of matters that go out from a matter: what can take a decision's place.
SELECT $decision_row(d)
  FROM matter t JOIN decision d ON d.matter_id = t.id JOIN body b ON b.id = d.body_id
 WHERE t.parent_id = :matter_id AND t.parent_id <> 0 AND d.authority = :authority
   AND d.final_at > 0 AND $visible(6, d.id)
 ORDER BY d.id;
