-- Who is who: parties, bodies, people, appointments, audiences.

-- name: charter_versions :many
-- The charter files of the space, the newest first.
SELECT id, from_day, source FROM charter_version ORDER BY from_day DESC;

-- name: charter_version_add :insert
-- in: from_day int64, source str
INSERT INTO charter_version (from_day, source) VALUES (:from_day, :source);

-- name: party_list :many
SELECT id, pid, key, kind, side, name, number, population FROM party ORDER BY pos, id;

-- name: party_by_pid :maybe
-- in: pid str
SELECT id, pid, key, kind, side, name, number, population FROM party WHERE pid = :pid;

-- name: party_by_id :maybe
-- in: id int64
SELECT id, pid, key, kind, side, name, number, population FROM party WHERE id = :id;

-- name: party_by_key :maybe
-- in: key str
SELECT id, pid, key, kind, side, name, number, population FROM party WHERE key = :key;

-- name: party_add :insert
-- in: pid str, key str, kind int64, side int64, name str, number str, population int64, pos int64
INSERT INTO party (pid, key, kind, side, name, number, population, pos)
VALUES (:pid, :key, :kind, :side, :name, :number, :population, :pos);

-- name: body_list :many
SELECT id, pid, key, name, abbr FROM body ORDER BY pos, id;

-- name: body_by_pid :maybe
-- in: pid str
SELECT id, pid, key, name, abbr FROM body WHERE pid = :pid;

-- name: body_by_id :maybe
-- in: id int64
SELECT id, pid, key, name, abbr FROM body WHERE id = :id;

-- name: body_by_key :maybe
-- in: key str
SELECT id, pid, key, name, abbr FROM body WHERE key = :key;

-- name: body_add :insert
-- in: pid str, key str, name str, abbr str, pos int64
INSERT INTO body (pid, key, name, abbr, pos) VALUES (:pid, :key, :name, :abbr, :pos);

-- name: seat_add :insert
-- in: pid str, body_id int64, key str, side int64, label str, party_id int64, pos int64
INSERT INTO seat (pid, body_id, key, side, label, party_id, pos)
VALUES (:pid, :body_id, :key, :side, :label, :party_id, :pos);

-- name: seat_list :many
-- in: body_id int64
SELECT id, pid, key, side, label, party_id FROM seat WHERE body_id = :body_id ORDER BY pos, id;

-- name: seat_by_pid :maybe
-- in: pid str
SELECT id, pid, body_id, key, side, label, party_id FROM seat WHERE pid = :pid;

-- name: audience_find :maybe
-- in: kind int64, ref_id int64
SELECT id FROM audience WHERE kind = :kind AND ref_id = :ref_id;

-- name: audience_add :insert
-- in: kind int64, ref_id int64
INSERT INTO audience (kind, ref_id) VALUES (:kind, :ref_id);

-- name: audience_list :many
-- All audiences there are.
SELECT id, kind, ref_id FROM audience ORDER BY id;

-- name: access_open :exec
-- in: kind int64, object_id int64, audience_id int64
-- Opens an object to an audience; nothing happens if it is open already.
INSERT INTO access (kind, object_id, audience_id)
VALUES (:kind, :object_id, :audience_id)
ON CONFLICT DO NOTHING;

-- name: access_close_all :exec
-- in: kind int64, object_id int64
DELETE FROM access WHERE kind = :kind AND object_id = :object_id;

-- name: access_close :exec
-- in: kind int64, object_id int64, audience_id int64
DELETE FROM access
 WHERE kind = :kind AND object_id = :object_id AND audience_id = :audience_id;

-- name: access_any :maybe
-- in: kind int64, object_id int64, audiences ints
-- out: found int64
SELECT 1 AS found FROM access
 WHERE kind = :kind AND object_id = :object_id AND audience_id IN (:audiences) LIMIT 1;

-- name: person_by_id :maybe
-- in: id int64
SELECT id, pid, name, title, email, phone, lang, party_id, rev FROM person WHERE id = :id;

-- name: person_by_pid :maybe
-- in: pid str
SELECT id, pid, name, title, email, phone, lang, party_id, rev FROM person WHERE pid = :pid;

-- name: person_by_email :maybe
-- in: email str
SELECT id, pid, name, title, email, phone, lang, party_id, rev FROM person WHERE email = :email;

-- name: person_list :many
-- in: after str, after_id int64, n int64
-- out: has_password int64, disabled int64, party_name str?
-- People in the order of their names, from the person after on, with how far the account is.
SELECT n.id, n.pid, n.name, n.title, n.email, n.phone,
       CASE WHEN c.password_hash <> '' THEN 1 ELSE 0 END AS has_password,
       coalesce(c.disabled, 0) AS disabled, p.name AS party_name
  FROM person n
  LEFT JOIN account c ON c.person_id = n.id
  LEFT JOIN party p ON p.id = n.party_id
 WHERE n.name > :after OR (n.name = :after AND n.id > :after_id)
 ORDER BY n.name, n.id LIMIT :n;

-- name: person_add :insert
-- in: pid str, name str, title str, email str, phone str, party_id int64
INSERT INTO person (pid, name, title, email, phone, party_id)
VALUES (:pid, :name, :title, :email, :phone, :party_id);

-- name: person_set :exec
-- in: id int64, name str, title str, email str, phone str
UPDATE person SET name = :name, title = :title, email = :email, phone = :phone, rev = rev + 1
 WHERE id = :id;

-- name: person_set_own :exec
-- in: id int64, lang int64, phone str
UPDATE person SET lang = :lang, phone = :phone, rev = rev + 1 WHERE id = :id;

-- name: appointment_add :insert
-- in: pid str, person_id int64, role int64, party_id int64, side int64, body_id int64, seat_id int64, rank int64, chairing int64, from_day int64, to_day int64?
INSERT INTO appointment (pid, person_id, role, party_id, side, body_id, seat_id, rank,
                         chairing, from_day, to_day)
VALUES (:pid, :person_id, :role, :party_id, :side, :body_id, :seat_id, :rank, :chairing,
        :from_day, :to_day);

-- name: appointment_end :exec
-- in: id int64, to_day int64
UPDATE appointment SET to_day = :to_day
 WHERE id = :id AND (to_day IS NULL OR to_day > :to_day);

-- name: appointment_by_pid :maybe
-- in: pid str
SELECT id, pid, person_id, role, party_id, side, body_id, seat_id, rank, chairing, from_day, to_day
  FROM appointment WHERE pid = :pid;

-- name: appointments_of :many
-- row: struct appointment core/actor.h
-- in: person_id int64, day int64
-- all: those one person holds now
-- What a person may act under on a day.
SELECT id, pid, role, party_id, side, body_id, seat_id, chairing
  FROM appointment
 WHERE person_id = :person_id AND from_day <= :day AND (to_day IS NULL OR to_day >= :day)
 ORDER BY role, id;

-- name: appointment_lines :many
-- in: person_id int64
-- out: body_name str?, body_abbr str?, seat_key str?, seat_label str?
-- all: those one person has held
-- Every appointment of a person, ended ones too, the newest first.
SELECT t.pid, t.role, t.rank, t.chairing, t.from_day, t.to_day, p.name AS party_name,
       b.name AS body_name, b.abbr AS body_abbr, s.key AS seat_key, s.label AS seat_label
  FROM appointment t
  JOIN party p ON p.id = t.party_id
  LEFT JOIN body b ON b.id = t.body_id
  LEFT JOIN seat s ON s.id = t.seat_id
 WHERE t.person_id = :person_id
 ORDER BY t.from_day DESC, t.id DESC;

-- name: appointments_in_force :many
-- in: people ints, day int64
-- out: body_abbr str?, seat_key str?, seat_label str?
-- all: those the people asked for hold now
-- What some people hold on a day.
SELECT t.person_id, t.pid, t.role, t.rank, t.chairing, p.name AS party_name,
       b.abbr AS body_abbr, s.key AS seat_key, s.label AS seat_label
  FROM appointment t
  JOIN party p ON p.id = t.party_id
  LEFT JOIN body b ON b.id = t.body_id
  LEFT JOIN seat s ON s.id = t.seat_id
 WHERE t.person_id IN (:people) AND t.from_day <= :day
   AND (t.to_day IS NULL OR t.to_day >= :day)
 ORDER BY t.person_id, t.role, t.id;

-- name: seat_holders :many
-- in: seat_id int64, from_day int64, to_day int64
-- all: those of one seat within some days
-- Who holds or stands in for a seat on any day from one to another.
SELECT person_id, role, rank FROM appointment
 WHERE seat_id = :seat_id AND from_day <= :to_day AND (to_day IS NULL OR to_day >= :from_day);

-- name: seat_all :many
-- in: role int64, day int64
-- out: holder str?, party str?
-- all: one for each seat
-- Every seat of every body, in order, and who holds it on a day.
SELECT s.pid, s.body_id, b.abbr AS body_abbr, s.key, s.label, s.side,
       (SELECT n.name FROM appointment t JOIN person n ON n.id = t.person_id
         WHERE t.seat_id = s.id AND t.role = :role AND t.from_day <= :day
           AND (t.to_day IS NULL OR t.to_day >= :day)
         ORDER BY t.id LIMIT 1) AS holder,
       (SELECT y.name FROM party y WHERE y.id = s.party_id) AS party
  FROM seat s JOIN body b ON b.id = s.body_id
 ORDER BY b.pos, b.id, s.pos, s.id;

-- name: party_contacts :many
-- in: party_id int64, role int64, day int64
-- all: those who hold a role now
-- The people who hold a role for a party on a day.
SELECT n.id, n.pid, n.name, n.title, n.email
  FROM appointment t JOIN person n ON n.id = t.person_id
 WHERE t.party_id = :party_id AND t.role = :role
   AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
 ORDER BY n.name, n.id;

-- name: role_holders :many
-- in: role int64, day int64
-- all: those who hold a role now
-- Everyone who holds a role on a day, with the side they hold it on.
SELECT n.id, n.pid, n.name, n.title, t.side, t.party_id
  FROM appointment t JOIN person n ON n.id = t.person_id
 WHERE t.role = :role AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
 ORDER BY t.side, n.name, n.id;

-- name: body_sitting :many
-- in: body_id int64, day int64
-- all: those who sit in one body now
-- Members and deputies of a body on a day, seat by seat, the member first.
SELECT s.id AS seat_id, s.pid AS seat_pid, s.side, s.label, t.id AS appointment_id, t.role,
       t.rank, t.chairing, t.party_id, n.id AS person_id, n.pid AS person_pid, n.name, n.title
  FROM appointment t
  JOIN seat s ON s.id = t.seat_id
  JOIN person n ON n.id = t.person_id
 WHERE t.body_id = :body_id AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
 ORDER BY s.pos, s.id, t.role, t.rank, t.id;

-- name: notice_add :insert
-- in: pid str, person_id int64, at int64, kind str, object str, title str
INSERT INTO notice (pid, person_id, at, kind, object, title)
VALUES (:pid, :person_id, :at, :kind, :object, :title);

-- name: notice_unread :many
-- in: person_id int64, n int64
-- out: times int64
-- The last of each thing, and how often there was news of it; of the own account each by itself.
SELECT n.pid, n.at, n.kind, n.object, n.title, g.times
  FROM (SELECT MAX(id) AS id, COUNT(*) AS times FROM notice
         WHERE person_id = :person_id AND read_at IS NULL
         GROUP BY object, CASE WHEN object LIKE 'person:%' THEN id ELSE 0 END) g
  JOIN notice n ON n.id = g.id
 ORDER BY n.at DESC, n.id DESC LIMIT :n;

-- name: appointments_with :many
-- in: role int64, day int64
-- all: those who hold a role now
-- The appointments of a role on a day, but of those whose account is closed.
SELECT t.id, t.person_id FROM appointment t
 WHERE t.role = :role AND t.from_day <= :day AND (t.to_day IS NULL OR t.to_day >= :day)
   AND NOT EXISTS (SELECT 1 FROM account c
                    WHERE c.person_id = t.person_id AND c.disabled <> 0);

-- name: notice_read_all :exec
-- in: person_id int64, now_at int64
UPDATE notice SET read_at = :now_at WHERE person_id = :person_id AND read_at IS NULL;
