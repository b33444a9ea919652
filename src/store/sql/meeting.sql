-- Meetings and their agendas: planning, approving, calling, sitting.

-- fragment: meeting_columns(m)
m.id, m.pid, m.body_id, m.year, m.no, m.label, m.starts_at, m.length_min, m.place, m.state,
m.state_at, m.extraordinary, m.requested_by_id, m.reason, m.chair_person_id,
m.current_item_id, m.opened_at, m.closed_at, m.agenda_rev, m.published_at, m.rev,
b.key AS body_key, b.pid AS body_pid, b.name AS body_name, b.abbr AS body_abbr;

-- fragment: meeting_line(m)
m.id, m.pid, m.label, m.starts_at, m.length_min, m.place, m.state, m.extraordinary,
b.key AS body_key, b.pid AS body_pid, b.name AS body_name, b.abbr AS body_abbr,
(SELECT count(*) FROM agenda_item i WHERE i.meeting_id = m.id) AS items_n;

-- fragment: item_columns(i)
i.id, i.pid, i.meeting_id, i.pos, i.matter_id, i.title, i.kind, i.length_min, i.late_reason,
i.taken_at, i.outcome, i.disagreed, i.reason, i.text, i.remark, i.mandate, i.child_id,
i.to_meeting_id, i.to_body_id, i.due_day, i.decided_at, i.rev,
coalesce(x.pid, '') AS matter_pid, coalesce(x.label, '') AS matter_label,
coalesce(x.state, 0) AS matter_state;

-- name: meeting_by_pid :maybe
-- row: struct meeting core/meeting_row.h
-- in: pid str
SELECT $meeting_columns(m) FROM meeting m JOIN body b ON b.id = m.body_id WHERE m.pid = :pid;

-- name: meeting_by_id :maybe
-- row: struct meeting core/meeting_row.h
-- in: id int64
SELECT $meeting_columns(m) FROM meeting m JOIN body b ON b.id = m.body_id WHERE m.id = :id;

-- name: meeting_coming :many
-- row: struct meeting_line core/meeting_row.h
-- in: audiences ints, from_at int64, n int64
-- out: items_n int64
-- Meetings from an instant on that the actor may see, the nearest first.
SELECT $meeting_line(m) FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.starts_at >= :from_at AND $visible(4, m.id)
 ORDER BY m.starts_at, m.id LIMIT :n;

-- name: meeting_past :many
-- row: struct meeting_line core/meeting_row.h
-- in: audiences ints, at int64, id int64, n int64
-- out: items_n int64
-- Meetings that the actor may see, the newest first: those before the instant, and those at it
-- before the id.
SELECT $meeting_line(m) FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.starts_at <= :at AND (m.starts_at < :at OR m.id < :id) AND $visible(4, m.id)
 ORDER BY m.starts_at DESC, m.id DESC LIMIT :n;

-- name: meeting_later :many
-- row: struct meeting_line core/meeting_row.h
-- in: audiences ints, body_id int64, after_at int64, n int64
-- out: items_n int64
-- Meetings of a body after an instant, the nearest first.
SELECT $meeting_line(m) FROM meeting m JOIN body b ON b.id = m.body_id
 WHERE m.starts_at > :after_at AND m.body_id = :body_id AND $visible(4, m.id)
 ORDER BY m.starts_at, m.id LIMIT :n;

-- name: meeting_last_no :one
-- in: body_id int64, year int64
-- out: no int64
SELECT coalesce(max(no), 0) AS no FROM meeting WHERE body_id = :body_id AND year = :year;

-- name: meeting_last_no_of_year :one
-- in: year int64
-- out: no int64
-- scan: one row for each meeting there has been, and only when a meeting is planned
SELECT coalesce(max(no), 0) AS no FROM meeting WHERE year = :year;

-- name: meeting_last_no_of_body :one
-- in: body_id int64
-- out: no int64
SELECT coalesce(max(no), 0) AS no FROM meeting WHERE body_id = :body_id;

-- name: meeting_add :insert
-- in: pid str, body_id int64, year int64, no int64, label str, starts_at int64, length_min int64, place str, state int64, extraordinary int64, requested_by_id int64, now_at int64
INSERT INTO meeting (pid, body_id, year, no, label, starts_at, length_min, place, state,
                     state_at, extraordinary, requested_by_id)
VALUES (:pid, :body_id, :year, :no, :label, :starts_at, :length_min, :place, :state, :now_at,
        :extraordinary, :requested_by_id);

-- name: meeting_set_time :exec
-- in: id int64, starts_at int64, length_min int64, place str
UPDATE meeting SET starts_at = :starts_at, length_min = :length_min, place = :place,
       rev = rev + 1
 WHERE id = :id;

-- name: meeting_set_state :exec
-- in: id int64, state int64, reason str, now_at int64
UPDATE meeting SET state = :state, state_at = :now_at, reason = :reason, rev = rev + 1
 WHERE id = :id;

-- name: meeting_agenda_changed :exec
-- in: id int64
-- Approvals given so far no longer hold.
UPDATE meeting SET agenda_rev = agenda_rev + 1, rev = rev + 1 WHERE id = :id;

-- name: meeting_touch :exec
-- in: id int64
UPDATE meeting SET rev = rev + 1 WHERE id = :id;

-- name: meeting_set_chair :exec
-- in: id int64, person_id int64
UPDATE meeting SET chair_person_id = :person_id WHERE id = :id;

-- name: meeting_set_sitting :exec
-- in: id int64, opened_at int64, closed_at int64, current_item_id int64
UPDATE meeting SET opened_at = :opened_at, closed_at = :closed_at,
       current_item_id = :current_item_id
 WHERE id = :id;

-- name: meeting_request_add :exec
-- in: meeting_id int64, matter_id int64
INSERT INTO meeting_request (meeting_id, matter_id) VALUES (:meeting_id, :matter_id)
ON CONFLICT DO NOTHING;

-- name: meeting_requests :many
-- in: meeting_id int64
-- all: as many as one form takes
-- What an extraordinary meeting was asked for.
SELECT r.matter_id, x.pid, x.label, x.title, x.state
  FROM meeting_request r JOIN matter x ON x.id = r.matter_id
 WHERE r.meeting_id = :meeting_id ORDER BY r.matter_id;

-- name: item_by_pid :maybe
-- row: struct agenda_item core/meeting_row.h
-- in: meeting_id int64, pid str
-- out: matter_pid str, matter_label str, matter_state int64
SELECT $item_columns(i) FROM agenda_item i LEFT JOIN matter x ON x.id = i.matter_id
 WHERE i.pid = :pid AND i.meeting_id = :meeting_id;

-- name: item_list :many
-- row: struct agenda_item core/meeting_row.h
-- in: meeting_id int64
-- out: matter_pid str, matter_label str, matter_state int64
-- all: one agenda
-- The agenda in its order.
SELECT $item_columns(i) FROM agenda_item i LEFT JOIN matter x ON x.id = i.matter_id
 WHERE i.meeting_id = :meeting_id ORDER BY i.pos, i.id;

-- name: item_of_matter :many
-- in: matter_id int64
-- all: a matter stands on few agendas
-- Where a matter has been on an agenda, the newest meeting first.
SELECT i.id, i.pid, i.meeting_id, i.outcome, i.to_body_id, i.to_meeting_id, m.pid AS meeting_pid,
       m.label, m.starts_at, m.state, m.body_id
  FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
 WHERE i.matter_id = :matter_id AND i.matter_id <> 0
 ORDER BY i.id DESC;

-- name: item_add :insert
-- in: pid str, meeting_id int64, pos int64, matter_id int64, title str, kind int64, length_min int64, late_reason str
INSERT INTO agenda_item (pid, meeting_id, pos, matter_id, title, kind, length_min, late_reason)
VALUES (:pid, :meeting_id, :pos, :matter_id, :title, :kind, :length_min, :late_reason);

-- name: item_remove :exec
-- in: id int64
DELETE FROM agenda_item WHERE id = :id;

-- name: item_set_pos :exec
-- in: id int64, pos int64
UPDATE agenda_item SET pos = :pos WHERE id = :id;

-- name: item_set_plan :exec
-- in: id int64, kind int64, length_min int64
UPDATE agenda_item SET kind = :kind, length_min = :length_min, rev = rev + 1 WHERE id = :id;

-- name: item_set_taken :exec
-- in: id int64, now_at int64
UPDATE agenda_item SET taken_at = :now_at WHERE id = :id AND taken_at = 0;

-- name: item_set_text :exec
-- in: id int64, text str, remark str, due_day int64
-- What has been written so far, without an outcome.
UPDATE agenda_item SET text = :text, remark = :remark, due_day = :due_day, rev = rev + 1
 WHERE id = :id;

-- name: item_set_outcome :exec
-- in: id int64, outcome int64, disagreed int64, reason str, text str, remark str, mandate str, to_meeting_id int64, to_body_id int64, due_day int64, now_at int64
UPDATE agenda_item
   SET outcome = :outcome, disagreed = :disagreed, reason = :reason, text = :text,
       remark = :remark, mandate = :mandate, to_meeting_id = :to_meeting_id,
       to_body_id = :to_body_id, due_day = :due_day, decided_at = :now_at, rev = rev + 1
 WHERE id = :id;

-- name: item_clear_outcome :exec
-- in: id int64
UPDATE agenda_item
   SET outcome = 0, disagreed = 0, reason = '', mandate = '', to_meeting_id = 0,
       to_body_id = 0, decided_at = 0, rev = rev + 1
 WHERE id = :id;

-- name: item_set_child :exec
-- in: id int64, child_id int64
UPDATE agenda_item SET child_id = :child_id WHERE id = :id;

-- name: agenda_ready :many
-- in: audiences ints, body_id int64, ready int64, postponed int64, n int64
-- out: named_pid str
-- Matters to a body that can come on an agenda, the longest waiting first; named_pid: the
-- meeting that a postponed one was put off to.
SELECT w.id, w.pid, w.label, w.title, w.type, w.state, w.state_at,
       coalesce((SELECT m.pid FROM agenda_item i JOIN meeting m ON m.id = i.to_meeting_id
                  WHERE i.matter_id = w.id AND i.matter_id <> 0
                  ORDER BY i.id DESC LIMIT 1), '') AS named_pid
  FROM matter w
 WHERE w.body_id = :body_id AND (w.state = :ready OR w.state = :postponed)
   AND $visible(2, w.id)
 ORDER BY w.state_at, w.id LIMIT :n;

-- name: approval_add :exec
-- in: meeting_id int64, agenda_rev int64, person_id int64, places int64, side int64, appointment_id int64, now_at int64
INSERT INTO agenda_approval (meeting_id, agenda_rev, person_id, places, side, appointment_id, at)
VALUES (:meeting_id, :agenda_rev, :person_id, :places, :side, :appointment_id, :now_at);

-- name: approval_list :many
-- in: meeting_id int64, agenda_rev int64
-- all: one for each person who may approve
SELECT t.person_id, t.places, t.side, t.at, n.name, n.pid AS person_pid, n.title
  FROM agenda_approval t JOIN person n ON n.id = t.person_id
 WHERE t.meeting_id = :meeting_id AND t.agenda_rev = :agenda_rev
 ORDER BY t.at, t.person_id;

-- name: attendance_list :many
-- in: meeting_id int64
-- out: name str
-- all: one for each seat
SELECT t.seat_id, t.status, t.person_id, t.mandate, t.at, coalesce(n.name, '') AS name
  FROM attendance t LEFT JOIN person n ON n.id = t.person_id
 WHERE t.meeting_id = :meeting_id ORDER BY t.seat_id;

-- name: reply_list :many
-- in: meeting_id int64
-- all: one for each person with a seat
SELECT t.seat_id, t.person_id, t.reply, t.note FROM summons_reply t
 WHERE t.meeting_id = :meeting_id ORDER BY t.seat_id, t.person_id;

-- name: reply_set :exec
-- in: meeting_id int64, seat_id int64, person_id int64, reply int64, note str, now_at int64
INSERT INTO summons_reply (meeting_id, seat_id, person_id, reply, note, at)
VALUES (:meeting_id, :seat_id, :person_id, :reply, :note, :now_at)
ON CONFLICT (meeting_id, seat_id, person_id) DO UPDATE
   SET reply = excluded.reply, note = excluded.note, at = excluded.at;

-- name: attendance_set :exec
-- in: meeting_id int64, seat_id int64, status int64, person_id int64, mandate int64, now_at int64
INSERT INTO attendance (meeting_id, seat_id, status, person_id, mandate, at)
VALUES (:meeting_id, :seat_id, :status, :person_id, :mandate, :now_at)
ON CONFLICT (meeting_id, seat_id) DO UPDATE
   SET status = excluded.status, person_id = excluded.person_id, mandate = excluded.mandate,
       at = excluded.at;

-- name: recusal_list :many
-- in: item_id int64
-- all: one for each seat
SELECT t.seat_id, t.reason FROM recusal t WHERE t.item_id = :item_id ORDER BY t.seat_id;

-- name: recusal_add :exec
-- in: item_id int64, seat_id int64, reason str, person_id int64, now_at int64
INSERT INTO recusal (item_id, seat_id, reason, person_id, at)
VALUES (:item_id, :seat_id, :reason, :person_id, :now_at)
ON CONFLICT (item_id, seat_id) DO UPDATE SET reason = excluded.reason, at = excluded.at;

-- name: recusal_remove :exec
-- in: item_id int64, seat_id int64
DELETE FROM recusal WHERE item_id = :item_id AND seat_id = :seat_id;

-- name: matter_add_child :insert
-- in: pid str, year int64, no int64, label str, title str, summary str, state int64, party_id int64, person_id int64, appointment_id int64, body_id int64, parent_id int64, mandate str, due_day int64, now_at int64
-- A matter that a body hands to another, with a mandate and a deadline. What is exempt stays so.
INSERT INTO matter (pid, year, no, label, title, summary, state, state_at, proposer_party_id,
                    proposer_person_id, proposer_appointment_id, created_at, submitted_at,
                    received_at, body_id, parent_id, mandate, due_day, exempt_basis)
VALUES (:pid, :year, :no, :label, :title, :summary, :state, :now_at, :party_id, :person_id,
        :appointment_id, :now_at, :now_at, :now_at, :body_id, :parent_id, :mandate, :due_day,
        (SELECT exempt_basis FROM matter WHERE id = :parent_id));

-- name: matter_children :many
-- in: parent_id int64
-- all: what one matter was delegated as, and what cites it
SELECT id, pid, label, title, state FROM matter
 WHERE parent_id = :parent_id AND parent_id <> 0 ORDER BY id;

-- name: matter_set_body :exec
-- in: id int64, body_id int64
UPDATE matter SET body_id = :body_id WHERE id = :id;

-- name: meeting_seat :maybe
-- in: id int64
SELECT key FROM seat WHERE id = :id;
