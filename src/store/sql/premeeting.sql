-- A side's own meeting before the meeting: who is asked, what they hold, one position an item.

-- fragment: premeeting_columns(p)
p.id, p.pid, p.meeting_id, p.side, p.state, p.starts_at, p.place, p.notes, p.held_at, p.reason,
p.rev;

-- name: premeeting_of :maybe
-- row: struct premeeting core/premeeting_row.h
-- in: meeting_id int64, side int64
SELECT $premeeting_columns(p) FROM premeeting p
 WHERE p.meeting_id = :meeting_id AND p.side = :side;

-- name: premeeting_waits :maybe
-- in: meeting_id int64, side int64, party_id int64
-- out: state int64, starts_at int64, is_asked int64, silent_n int64, open_n int64
-- What is left to do: matters on which the party has said nothing, or the side has no position.
SELECT p.state, p.starts_at,
       (SELECT count(*) FROM premeeting_party a
         WHERE a.premeeting_id = p.id AND a.party_id = :party_id) AS is_asked,
       (SELECT count(*) FROM agenda_item i
         WHERE i.meeting_id = p.meeting_id AND i.matter_id <> 0
           AND NOT EXISTS (SELECT 1 FROM stand t
                            WHERE t.item_id = i.id AND t.party_id = :party_id)) AS silent_n,
       (SELECT count(*) FROM agenda_item i
         WHERE i.meeting_id = p.meeting_id AND i.matter_id <> 0
           AND NOT EXISTS (SELECT 1 FROM position t
                            WHERE t.item_id = i.id AND t.side = p.side)) AS open_n
  FROM premeeting p WHERE p.meeting_id = :meeting_id AND p.side = :side;

-- name: premeeting_add :insert
-- in: pid str, meeting_id int64, side int64, state int64, starts_at int64, place str, person_id int64
INSERT INTO premeeting (pid, meeting_id, side, state, starts_at, place, person_id)
VALUES (:pid, :meeting_id, :side, :state, :starts_at, :place, :person_id);

-- name: premeeting_set_time :exec
-- in: id int64, state int64, starts_at int64, place str, reason str
UPDATE premeeting SET state = :state, starts_at = :starts_at, place = :place,
       reason = :reason, rev = rev + 1
 WHERE id = :id;

-- name: premeeting_set_notes :exec
-- in: id int64, notes str
UPDATE premeeting SET notes = :notes, rev = rev + 1 WHERE id = :id;

-- name: premeeting_set_state :exec
-- in: id int64, state int64, held_at int64, reason str
UPDATE premeeting SET state = :state, held_at = :held_at, reason = :reason, rev = rev + 1
 WHERE id = :id;

-- name: premeeting_ask :exec
-- in: premeeting_id int64, party_id int64, now_at int64
INSERT INTO premeeting_party (premeeting_id, party_id, asked_at)
VALUES (:premeeting_id, :party_id, :now_at) ON CONFLICT DO NOTHING;

-- name: premeeting_asked :many
-- in: premeeting_id int64
-- all: one for each party
SELECT t.party_id, p.pid, p.key, p.name, t.asked_at
  FROM premeeting_party t JOIN party p ON p.id = t.party_id
 WHERE t.premeeting_id = :premeeting_id ORDER BY p.pos, p.id;

-- name: stand_set :exec
-- in: item_id int64, party_id int64, stand int64, text str, person_id int64, now_at int64
INSERT INTO stand (item_id, party_id, stand, text, person_id, at)
VALUES (:item_id, :party_id, :stand, :text, :person_id, :now_at)
ON CONFLICT (item_id, party_id) DO UPDATE
   SET stand = excluded.stand, text = excluded.text, person_id = excluded.person_id,
       at = excluded.at;

-- name: stand_list :many
-- in: meeting_id int64, side int64
-- all: one for each party and item of an agenda
-- What the parties of a side hold, item by item.
SELECT t.item_id, t.party_id, t.stand, t.text, t.at, p.name AS party_name, p.pid AS party_pid
  FROM stand t
  JOIN agenda_item i ON i.id = t.item_id
  JOIN party p ON p.id = t.party_id
 WHERE i.meeting_id = :meeting_id AND p.side = :side
 ORDER BY t.item_id, p.pos, p.id;

-- name: position_set :exec
-- in: item_id int64, side int64, kind int64, text str, minority str, speaker_id int64
INSERT INTO position (item_id, side, kind, text, minority, speaker_id)
VALUES (:item_id, :side, :kind, :text, :minority, :speaker_id)
ON CONFLICT (item_id, side) DO UPDATE
   SET kind = excluded.kind, text = excluded.text, minority = excluded.minority,
       speaker_id = excluded.speaker_id, rev = position.rev + 1;

-- name: position_release :exec
-- in: item_id int64, side int64, now_at int64
UPDATE position SET released_at = :now_at, rev = rev + 1
 WHERE item_id = :item_id AND side = :side;

-- name: position_list :many
-- row: struct position_row core/premeeting_row.h
-- in: meeting_id int64
-- out: speaker_pid str, speaker_name str
-- all: two for each item of an agenda
-- The positions of both sides: a side is shown its own, and the room what was released.
SELECT t.item_id, t.side, t.kind, t.text, t.minority, t.speaker_id, t.released_at, t.rev,
       coalesce(n.pid, '') AS speaker_pid, coalesce(n.name, '') AS speaker_name
  FROM position t
  JOIN agenda_item i ON i.id = t.item_id
  LEFT JOIN person n ON n.id = t.speaker_id
 WHERE i.meeting_id = :meeting_id ORDER BY i.pos, i.id, t.side;

-- name: premeeting_touch :exec
-- in: id int64
UPDATE premeeting SET rev = rev + 1 WHERE id = :id;
