-- What the loader of the benchmark writes: whole rows at once, as they stand when they are old.

-- name: load_matter :insert
-- in: pid str, year int64, no int64, label str, title str, summary str, wish str, state int64, at int64, party_id int64, person_id int64, appointment_id int64, body_id int64, version_no int64, published_at int64
INSERT INTO matter (pid, year, no, label, title, summary, wish, state, state_at,
                    proposer_party_id, proposer_person_id, proposer_appointment_id, created_at,
                    submitted_at, received_at, body_id, type, scope, consequence,
                    round_required, version_no, ready_version_no, published_at)
VALUES (:pid, :year, :no, :label, :title, :summary, :wish, :state, :at, :party_id, :person_id,
        :appointment_id, :at, :at, :at, :body_id, 3, 4, 1, 1, :version_no, :version_no,
        :published_at);

-- name: load_step :exec
-- in: id int64, state int64, at int64
UPDATE matter SET state = :state, state_at = :at, rev = rev + 1 WHERE id = :id;

-- name: load_access :exec
-- in: kind int64, object_id int64, audience_id int64
INSERT INTO access (kind, object_id, audience_id) VALUES (:kind, :object_id, :audience_id);

-- name: load_author :exec
-- in: matter_id int64, person_id int64, side int64
INSERT INTO matter_author (matter_id, person_id, side, lead)
VALUES (:matter_id, :person_id, :side, 1);

-- name: load_section :exec
-- in: matter_id int64, kind int64, text str, at int64, person_id int64, party_id int64
INSERT INTO section (matter_id, kind, text, rev, updated_at, person_id, party_id)
VALUES (:matter_id, :kind, :text, 1, :at, :person_id, :party_id);

-- name: load_version :exec
-- in: matter_id int64, no int64, hash str, at int64, person_id int64, party_id int64
INSERT INTO version (matter_id, no, hash, made_at, person_id, party_id)
VALUES (:matter_id, :no, :hash, :at, :person_id, :party_id);

-- name: load_version_section :exec
-- in: matter_id int64, no int64, kind int64, text str
INSERT INTO version_section (matter_id, no, kind, text) VALUES (:matter_id, :no, :kind, :text);

-- name: load_signature :exec
-- in: matter_id int64, no int64, side int64, person_id int64, party_id int64, appointment_id int64, at int64
INSERT INTO signature (matter_id, no, side, person_id, party_id, appointment_id, at)
VALUES (:matter_id, :no, :side, :person_id, :party_id, :appointment_id, :at);

-- name: load_comment :insert
-- in: pid str, matter_id int64, kind int64, text str, at int64, person_id int64, party_id int64
INSERT INTO comment (pid, matter_id, kind, version_no, text, at, person_id, party_id)
VALUES (:pid, :matter_id, :kind, 1, :text, :at, :person_id, :party_id);

-- name: load_round :insert
-- in: pid str, matter_id int64, opened_at int64, deadline_at int64, closed_at int64, person_id int64
INSERT INTO round (pid, matter_id, kind, version_no, opened_at, deadline_at, closed_at,
                   person_id)
VALUES (:pid, :matter_id, 1, 1, :opened_at, :deadline_at, :closed_at, :person_id);

-- name: load_round_party :exec
-- in: round_id int64, party_id int64, answer int64, text str, opened_at int64, answered_at int64, person_id int64, channel int64
INSERT INTO round_party (round_id, party_id, answer, text, opened_at, answered_at, person_id,
                         channel)
VALUES (:round_id, :party_id, :answer, :text, :opened_at, :answered_at, :person_id, :channel);

-- name: load_meeting :insert
-- in: pid str, body_id int64, year int64, no int64, label str, starts_at int64, state int64, published_at int64
INSERT INTO meeting (pid, body_id, year, no, label, starts_at, length_min, place, state,
                     state_at, published_at)
VALUES (:pid, :body_id, :year, :no, :label, :starts_at, 180, 'Kalnes', :state, :starts_at,
        :published_at);

-- name: load_item :insert
-- in: pid str, meeting_id int64, pos int64, matter_id int64, title str, outcome int64, text str, at int64
INSERT INTO agenda_item (pid, meeting_id, pos, matter_id, title, kind, length_min, outcome, text,
                         taken_at, decided_at)
VALUES (:pid, :meeting_id, :pos, :matter_id, :title, 1, 20, :outcome, :text, :at, :at);

-- name: load_attendance :exec
-- in: meeting_id int64, seat_id int64, person_id int64, at int64
INSERT INTO attendance (meeting_id, seat_id, status, person_id, at)
VALUES (:meeting_id, :seat_id, 1, :person_id, :at);

-- name: load_minutes :exec
-- in: meeting_id int64, municipal_id int64, trust_id int64, text str, hash str, at int64
INSERT INTO minutes (meeting_id, municipal_author_id, trust_author_id, approved_at, hash, text,
                     public_text, published_at)
VALUES (:meeting_id, :municipal_id, :trust_id, :at, :hash, :text, :text, :at);

-- name: load_decision :insert
-- in: pid str, year int64, no int64, label str, matter_id int64, meeting_id int64, item_id int64, body_id int64, title str, text str, day int64, due_day int64, at int64, closed_at int64
INSERT INTO decision (pid, year, no, label, matter_id, meeting_id, item_id, body_id, authority,
                      rule, title, text, decided_day, due_day, published_at, final_at,
                      closed_at)
VALUES (:pid, :year, :no, :label, :matter_id, :meeting_id, :item_id, :body_id, 1, 'A1', :title,
        :text, :day, :due_day, :at, :at, :closed_at);

-- name: load_followup :exec
-- in: decision_id int64, party_id int64, status int64, due_day int64, at int64
INSERT INTO followup (decision_id, party_id, status, due_day, updated_at, seen_at)
VALUES (:decision_id, :party_id, :status, :due_day, :at, :at);

-- What the runner asks for.

-- name: load_some_matter :maybe
-- in: state int64
-- The newest in a state.
SELECT pid FROM matter WHERE state = :state ORDER BY state_at DESC LIMIT 1;

-- name: load_some_round :maybe
-- in: now_at int64
SELECT r.pid FROM round r WHERE r.closed_at = 0 AND r.cancelled_at = 0 AND r.deadline_at > :now_at
 ORDER BY r.deadline_at DESC LIMIT 1;

-- name: load_some_decision :maybe
SELECT pid FROM decision WHERE published_at <> 0 ORDER BY published_at DESC LIMIT 1;

-- name: load_some_meeting :maybe
SELECT pid FROM meeting WHERE published_at <> 0 ORDER BY published_at DESC LIMIT 1;

-- name: load_party_of :maybe
-- in: person_id int64
SELECT t.party_id FROM appointment t WHERE t.person_id = :person_id ORDER BY t.from_day LIMIT 1;
