-- Matters: from what a party raises to where it is now.

-- fragment: matter_columns(m)
m.id, m.pid, m.year, m.no, m.label, m.title, m.summary, m.wish, m.state, m.state_at,
m.proposer_party_id, m.proposer_person_id, m.created_at, m.submitted_at, m.received_at,
m.body_id, m.type, m.scope, m.consequence, m.topic, m.larger, m.extensive, m.region_key,
m.override_reason, m.round_required, m.round_reason, m.due_day, m.rapporteur_id,
m.author_exemption, m.lit_exemption, m.reason, m.appealed, m.joined_to_id, m.parent_id,
m.mandate, m.version_no, m.ready_version_no, m.published_at, m.exempt_basis, m.rev,
p.name AS party_name, coalesce(b.abbr, '') AS body_abbr;

-- fragment: matter_line(m)
m.id, m.pid, m.label, m.title, m.state, m.state_at, m.created_at, p.name AS party_name,
coalesce(b.abbr, '') AS body_abbr;

-- name: matter_by_pid :maybe
-- row: struct matter core/matter_row.h
-- in: pid str
-- out: body_abbr str
SELECT $matter_columns(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.pid = :pid;

-- name: matter_by_id :maybe
-- row: struct matter core/matter_row.h
-- in: id int64
-- out: body_abbr str
SELECT $matter_columns(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.id = :id;

-- name: matter_recent :many
-- row: struct matter_line core/matter_row.h
-- in: audiences ints, at int64, id int64, n int64
-- out: body_abbr str
-- Matters the actor may see, the newest first: those before the instant, and those at it before
-- the id.
SELECT $matter_line(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.created_at <= :at AND (m.created_at < :at OR m.id < :id) AND $visible(2, m.id)
 ORDER BY m.created_at DESC, m.id DESC LIMIT :n;

-- name: matter_recent_in :many
-- row: struct matter_line core/matter_row.h
-- in: audiences ints, states ints, n int64
-- out: body_abbr str
-- Matters in some states that the actor may see, the newest first.
SELECT $matter_line(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.state IN (:states) AND $visible(2, m.id)
 ORDER BY m.created_at DESC, m.id DESC LIMIT :n;

-- name: matter_in_states :many
-- row: struct matter_line core/matter_row.h
-- in: audiences ints, states ints, n int64
-- out: body_abbr str
-- Matters in some states that the actor may see, the longest waiting first.
SELECT $matter_line(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.state IN (:states) AND $visible(2, m.id)
 ORDER BY m.state_at, m.id LIMIT :n;

-- name: matter_of_proposer_in :many
-- row: struct matter_line core/matter_row.h
-- in: audiences ints, party_id int64, state int64, n int64
-- out: body_abbr str
-- What a party has proposed that is in a state, the longest waiting first.
SELECT $matter_line(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id LEFT JOIN body b ON b.id = m.body_id
 WHERE m.proposer_party_id = :party_id AND m.state = :state AND $visible(2, m.id)
 ORDER BY m.state_at, m.id LIMIT :n;

-- name: matter_add :insert
-- in: pid str, title str, summary str, wish str, state int64, party_id int64, person_id int64, appointment_id int64, parent_id int64, now_at int64
INSERT INTO matter (pid, title, summary, wish, state, state_at, proposer_party_id,
                    proposer_person_id, proposer_appointment_id, parent_id, created_at)
VALUES (:pid, :title, :summary, :wish, :state, :now_at, :party_id, :person_id,
        :appointment_id, :parent_id, :now_at);

-- name: matter_set_proposal :exec
-- in: id int64, title str, summary str, wish str
UPDATE matter SET title = :title, summary = :summary, wish = :wish, rev = rev + 1
 WHERE id = :id;

-- name: matter_set_state :exec
-- in: id int64, state int64, reason str, now_at int64
UPDATE matter SET state = :state, state_at = :now_at, reason = :reason, rev = rev + 1
 WHERE id = :id;

-- name: matter_set_submitted :exec
-- in: id int64, now_at int64
UPDATE matter SET submitted_at = :now_at WHERE id = :id;

-- name: matter_set_received :exec
-- in: id int64, year int64, no int64, label str, now_at int64
UPDATE matter SET year = :year, no = :no, label = :label, received_at = :now_at WHERE id = :id;

-- name: matter_last_no :one
-- in: year int64
-- out: no int64
-- The highest number given in a year.
SELECT coalesce(max(no), 0) AS no FROM matter WHERE year = :year;

-- name: matter_set_triage :exec
-- in: id int64, body_id int64, type int64, scope int64, consequence int64, topic int64, larger int64, extensive int64, region_key str, override_reason str, round_required int64, round_reason str, due_day int64, rapporteur_id int64
UPDATE matter
   SET body_id = :body_id, type = :type, scope = :scope, consequence = :consequence,
       topic = :topic, larger = :larger, extensive = :extensive, region_key = :region_key,
       override_reason = :override_reason, round_required = :round_required,
       round_reason = :round_reason, due_day = :due_day, rapporteur_id = :rapporteur_id
 WHERE id = :id;

-- name: matter_set_appeal :exec
-- in: id int64, appealed int64, body_id int64
UPDATE matter SET appealed = :appealed, body_id = :body_id WHERE id = :id;

-- name: matter_appeals :many
-- row: struct matter_line core/matter_row.h
-- in: audiences ints, state int64, appealed int64, person_id int64, party_id int64, day int64
-- out: body_abbr str
-- Rejected matters with an appeal that waits for the person, who chairs their body. Few chair
-- one: it begins there, and not (the plus) with all that was ever rejected.
SELECT $matter_line(m)
  FROM matter m JOIN party p ON p.id = m.proposer_party_id JOIN body b ON b.id = m.body_id
 WHERE m.state = :state AND m.appealed = :appealed AND $visible(2, m.id)
   AND m.body_id IN (SELECT t.body_id FROM appointment t
                      WHERE t.person_id = :person_id AND t.party_id = :party_id
                        AND t.chairing <> 0 AND t.from_day <= :day
                        AND (t.to_day IS NULL OR t.to_day >= :day))
 ORDER BY +m.state_at, m.id LIMIT 50;

-- name: matter_set_joined :exec
-- in: id int64, joined_to_id int64
UPDATE matter SET joined_to_id = :joined_to_id WHERE id = :id;

-- name: matter_set_public :exec
-- in: id int64, published_at int64, exempt_basis str
UPDATE matter SET published_at = :published_at, exempt_basis = :exempt_basis, rev = rev + 1
 WHERE id = :id;

-- name: matter_set_exempt :exec
-- in: id int64, basis str
UPDATE matter SET exempt_basis = :basis, rev = rev + 1 WHERE id = :id;

-- name: matter_handed_on :many
-- in: id int64
-- out: exempt_basis str
-- all: what one matter was delegated as, and that in turn
-- What cites a matter has no mandate: it is another's, and not among these.
WITH RECURSIVE below(id) AS (
  SELECT c.id FROM matter c WHERE c.parent_id = :id AND c.parent_id <> 0 AND c.mandate <> ''
  UNION
  SELECT c.id FROM below b JOIN matter c ON c.parent_id = b.id AND c.parent_id <> 0
   WHERE c.mandate <> '')
SELECT m.id, m.exempt_basis FROM below b JOIN matter m ON m.id = b.id ORDER BY b.id;

-- name: matter_joined_parties :many
-- in: id int64
-- scan: when a matter that was sent back is sent in again, and not otherwise
-- all: the parties of a cooperation
-- Whose matters go on in this one.
SELECT DISTINCT proposer_party_id FROM matter WHERE joined_to_id = :id AND joined_to_id <> 0
 ORDER BY proposer_party_id;

-- name: matter_author_add :exec
-- in: matter_id int64, person_id int64, side int64, lead int64
INSERT INTO matter_author (matter_id, person_id, side, lead)
VALUES (:matter_id, :person_id, :side, :lead)
ON CONFLICT (matter_id, person_id) DO UPDATE SET side = excluded.side, lead = excluded.lead;

-- name: matter_author_clear :exec
-- in: matter_id int64
DELETE FROM matter_author WHERE matter_id = :matter_id;

-- name: matter_authors :many
-- in: matter_id int64
-- all: those named for each side
SELECT t.person_id, t.side, t.lead, n.pid AS person_pid, n.name, n.title
  FROM matter_author t JOIN person n ON n.id = t.person_id
 WHERE t.matter_id = :matter_id ORDER BY t.side, t.lead DESC, t.person_id;

-- name: matter_texts :many
-- in: matter_id int64
-- out: text str
-- all: one for each section and for each file that stands
-- For search: the sections as they are now, and what the attachments say: all their names, and
-- of their texts a million characters, the first first. Of a published matter only what was
-- published: the version both sides signed off.
SELECT x.text FROM (
       SELECT 1 AS part, s.kind AS pos, s.text AS text
         FROM section s JOIN matter m ON m.id = s.matter_id
        WHERE s.matter_id = :matter_id AND m.published_at = 0
        UNION ALL
       SELECT 2 AS part, v.kind AS pos, v.text AS text
         FROM version_section v JOIN matter m ON m.id = v.matter_id
        WHERE v.matter_id = :matter_id AND m.published_at <> 0 AND v.no = m.ready_version_no
        UNION ALL
       SELECT 3 AS part, n.id AS pos, n.name AS text
         FROM attachment n JOIN matter m ON m.id = n.matter_id
        WHERE n.matter_id = :matter_id AND n.removed_at = 0 AND m.published_at = 0
        UNION ALL
       SELECT 4 AS part, t.id AS pos,
              CASE
              WHEN f.to_here <= 1000000 THEN t.text
              WHEN f.to_here - f.n >= 1000000 THEN ''
              ELSE substr(t.text, 1, CAST(1000000 - f.to_here + f.n AS INTEGER)) END AS text
         FROM (SELECT g.id, length(g.text) AS n,
                      sum(length(g.text)) OVER (ORDER BY g.id) AS to_here
                 FROM attachment g JOIN matter m ON m.id = g.matter_id
                WHERE g.matter_id = :matter_id AND g.removed_at = 0
                  AND m.published_at = 0) f
         JOIN attachment t ON t.id = f.id) x
 ORDER BY x.part, x.pos;

-- name: matter_set_author_exemption :exec
-- in: id int64, why str
UPDATE matter SET author_exemption = :why WHERE id = :id;

-- name: person_sides :many
-- in: person_id int64, admin int64, day int64
-- out: role int64
-- all: the sides
-- The sides a person stands on that day, an administrator's appointment apart.
SELECT t.side AS side, min(t.role) AS role FROM appointment t
 WHERE t.person_id = :person_id AND t.role <> :admin
   AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
 GROUP BY t.side ORDER BY 2, 1;

-- name: matter_people :many
-- row: struct matter_person core/matter_row.h
-- in: role_from int64, role_to int64, day int64
-- out: party_name str, role int64
-- all: those who hold a role now
-- Who holds a role from role_from to role_to that day, once for each side.
SELECT n.pid, n.name, n.title, min(p.name) AS party_name, t.side, min(t.role) AS role
  FROM appointment t JOIN person n ON n.id = t.person_id JOIN party p ON p.id = t.party_id
 WHERE t.role >= :role_from AND t.role <= :role_to
   AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
 GROUP BY n.id, n.pid, n.name, n.title, t.side
 ORDER BY t.side, n.name, n.pid;

-- name: matter_signing :many
-- in: audiences ints, state int64, side int64, n int64
-- out: mine int64, other int64
-- Matters in a state with the signatures of their latest version, the longest waiting first.
SELECT m.pid, m.label, m.title, m.state_at, m.round_required, m.version_no,
       EXISTS (SELECT 1 FROM signature s
                WHERE s.matter_id = m.id AND s.no = m.version_no AND s.side = :side) AS mine,
       EXISTS (SELECT 1 FROM signature s
                WHERE s.matter_id = m.id AND s.no = m.version_no AND s.side <> :side) AS other
  FROM matter m
 WHERE m.state = :state AND $visible(2, m.id)
 ORDER BY m.state_at, m.id LIMIT :n;

-- name: matter_writing :many
-- in: audiences ints, person_id int64, state int64, n int64
-- What the actor is named to write, in a state.
SELECT m.id, m.pid, m.label, m.title, m.state_at, m.due_day, m.consequence, t.side
  FROM matter_author t JOIN matter m ON m.id = t.matter_id
 WHERE t.person_id = :person_id AND m.state = :state AND $visible(2, m.id)
 ORDER BY t.matter_id LIMIT :n;

-- name: matter_preparing :many
-- in: audiences ints, state int64, n int64
-- Matters being written that the actor may see, the longest waiting first.
SELECT m.id, m.pid, m.label, m.title, m.state_at, m.consequence
  FROM matter m
 WHERE m.state = :state AND $visible(2, m.id)
 ORDER BY m.state_at, m.id LIMIT :n;

-- name: matter_written :many
-- in: matters ints
-- all: one for each kind and matter asked for
-- What has been written in some matters.
SELECT s.matter_id, s.kind FROM section s WHERE s.matter_id IN (:matters) AND s.text <> '';
