-- The case document of a matter: sections, versions, signatures, comments, attachments.

-- name: sections :many
-- row: struct section core/document_row.h
-- in: matter_id int64
-- all: one for each kind
-- The text as it stands now.
SELECT s.kind, s.text, s.rev, s.updated_at, n.name AS person_name, p.name AS party_name
  FROM section s JOIN person n ON n.id = s.person_id JOIN party p ON p.id = s.party_id
 WHERE s.matter_id = :matter_id ORDER BY s.kind;

-- name: section_put :exec
-- in: matter_id int64, kind int64, text str, now_at int64, person_id int64, party_id int64
INSERT INTO section (matter_id, kind, text, rev, updated_at, person_id, party_id)
VALUES (:matter_id, :kind, :text, 1, :now_at, :person_id, :party_id)
ON CONFLICT (matter_id, kind) DO UPDATE
   SET text = excluded.text, rev = section.rev + 1, updated_at = excluded.updated_at,
       person_id = excluded.person_id, party_id = excluded.party_id;

-- name: version_add :exec
-- in: matter_id int64, no int64, hash str, note str, now_at int64, person_id int64, party_id int64
INSERT INTO version (matter_id, no, hash, note, made_at, person_id, party_id)
VALUES (:matter_id, :no, :hash, :note, :now_at, :person_id, :party_id);

-- name: version_section_add :exec
-- in: matter_id int64, no int64, kind int64, text str
INSERT INTO version_section (matter_id, no, kind, text)
VALUES (:matter_id, :no, :kind, :text);

-- name: version_list :many
-- row: struct version_line core/document_row.h
-- in: matter_id int64, before_no int64, n int64
-- The newest first: those before a number.
SELECT v.no, v.hash, v.note, v.made_at, n.name AS person_name, p.name AS party_name
  FROM version v JOIN person n ON n.id = v.person_id JOIN party p ON p.id = v.party_id
 WHERE v.matter_id = :matter_id AND v.no < :before_no ORDER BY v.no DESC LIMIT :n;

-- name: version_get :maybe
-- row: struct version_line core/document_row.h
-- in: matter_id int64, no int64
SELECT v.no, v.hash, v.note, v.made_at, n.name AS person_name, p.name AS party_name
  FROM version v JOIN person n ON n.id = v.person_id JOIN party p ON p.id = v.party_id
 WHERE v.matter_id = :matter_id AND v.no = :no;

-- name: version_sections :many
-- row: struct section_text core/document.h
-- in: matter_id int64, no int64
-- all: one for each kind
SELECT kind, text FROM version_section
 WHERE matter_id = :matter_id AND no = :no ORDER BY kind;

-- name: signature_list :many
-- row: struct signature_line core/document_row.h
-- in: matter_id int64, from_no int64, to_no int64
-- all: two for each version asked for
-- Of some versions, the newest first.
SELECT s.no, s.side, s.person_id, s.at, n.name AS person_name, p.name AS party_name
  FROM signature s JOIN person n ON n.id = s.person_id JOIN party p ON p.id = s.party_id
 WHERE s.matter_id = :matter_id AND s.no >= :from_no AND s.no <= :to_no
 ORDER BY s.no DESC, s.side;

-- name: signature_add :exec
-- in: matter_id int64, no int64, side int64, person_id int64, party_id int64, appointment_id int64, now_at int64
INSERT INTO signature (matter_id, no, side, person_id, party_id, appointment_id, at)
VALUES (:matter_id, :no, :side, :person_id, :party_id, :appointment_id, :now_at);

-- name: document_set_version :exec
-- in: matter_id int64, no int64
UPDATE matter SET version_no = :no WHERE id = :matter_id;

-- name: document_set_ready :exec
-- in: matter_id int64, no int64
UPDATE matter SET ready_version_no = :no WHERE id = :matter_id;

-- name: document_set_lit_exemption :exec
-- in: matter_id int64, why str
UPDATE matter SET lit_exemption = :why WHERE id = :matter_id;

-- name: document_contributors :many
-- in: matter_id int64, day int64
-- all: the parties
-- The parties for which somebody proposed, is an author, wrote or commented.
SELECT p.id, p.key FROM party p
 WHERE p.id IN (
       SELECT m.proposer_party_id FROM matter m WHERE m.id = :matter_id
        UNION SELECT s.party_id FROM section s WHERE s.matter_id = :matter_id
        UNION SELECT c.party_id FROM comment c WHERE c.matter_id = :matter_id
        UNION SELECT t.party_id
                FROM matter_author w JOIN appointment t ON t.person_id = w.person_id
               WHERE w.matter_id = :matter_id AND t.from_day <= :day
                 AND (t.to_day IS NULL OR t.to_day >= :day))
 ORDER BY p.id;

-- name: comment_add :insert
-- in: pid str, matter_id int64, kind int64, version_no int64, text str, now_at int64, person_id int64, party_id int64
INSERT INTO comment (pid, matter_id, kind, version_no, text, at, person_id, party_id)
VALUES (:pid, :matter_id, :kind, :version_no, :text, :now_at, :person_id, :party_id);

-- fragment: comment_line(c)
c.id, c.pid, c.kind, c.version_no, c.text, c.at, c.person_id, c.party_id, c.done_at,
n.name AS person_name, p.name AS party_name;

-- name: comment_list :many
-- row: struct comment_line core/document_row.h
-- in: matter_id int64, max_n int64
-- all: max_n of them
-- The oldest first. Where there are more: those not dealt with before others, the latest first.
SELECT $comment_line(c)
  FROM comment c JOIN person n ON n.id = c.person_id JOIN party p ON p.id = c.party_id
 WHERE c.id IN (SELECT g.id FROM comment g WHERE g.matter_id = :matter_id
                 ORDER BY (g.done_at <> 0), g.at DESC, g.id DESC LIMIT :max_n)
 ORDER BY c.at, c.id;

-- name: comment_after :many
-- row: struct comment_line core/document_row.h
-- in: matter_id int64, at int64, id int64, n int64
-- The oldest first: those after the instant, and those at it after the id.
SELECT $comment_line(c)
  FROM comment c JOIN person n ON n.id = c.person_id JOIN party p ON p.id = c.party_id
 WHERE c.matter_id = :matter_id AND c.at >= :at AND (c.at > :at OR c.id > :id)
 ORDER BY c.at, c.id LIMIT :n;

-- name: comment_count :one
-- in: matter_id int64
-- out: n int64
SELECT count(*) AS n FROM comment WHERE matter_id = :matter_id;

-- name: comment_get :maybe
-- row: struct comment_line core/document_row.h
-- in: matter_id int64, pid str
SELECT $comment_line(c)
  FROM comment c JOIN person n ON n.id = c.person_id JOIN party p ON p.id = c.party_id
 WHERE c.matter_id = :matter_id AND c.pid = :pid;

-- name: comment_set_done :exec
-- in: id int64, now_at int64
UPDATE comment SET done_at = :now_at WHERE id = :id AND done_at = 0;

-- name: attachment_add :insert
-- in: pid str, matter_id int64, name str, kind str, bytes int64, sha256 str, text str, now_at int64, person_id int64, party_id int64
INSERT INTO attachment (pid, matter_id, name, kind, bytes, sha256, text, at, person_id, party_id)
VALUES (:pid, :matter_id, :name, :kind, :bytes, :sha256, :text, :now_at, :person_id, :party_id);

-- name: attachment_chunk_add :exec
-- in: attachment_id int64, no int64, bytes blob
INSERT INTO attachment_chunk (attachment_id, no, bytes) VALUES (:attachment_id, :no, :bytes);

-- fragment: attachment_line(t)
t.id, t.pid, t.name, t.kind, t.bytes, t.sha256, t.at, t.removed_at, t.person_id,
n.name AS person_name, p.name AS party_name;

-- name: attachment_list :many
-- row: struct attachment_line core/document_row.h
-- in: matter_id int64, max_removed int64
-- all: how many stand is limited when they are added
-- The oldest first; of those removed the latest. The history of the matter names them all.
SELECT $attachment_line(t)
  FROM attachment t JOIN person n ON n.id = t.person_id JOIN party p ON p.id = t.party_id
 WHERE t.matter_id = :matter_id
   AND (t.removed_at = 0
        OR t.id IN (SELECT g.id FROM attachment g
                     WHERE g.matter_id = :matter_id AND g.removed_at <> 0
                     ORDER BY g.removed_at DESC, g.id DESC LIMIT :max_removed))
 ORDER BY t.at, t.id;

-- name: attachment_get :maybe
-- row: struct attachment_line core/document_row.h
-- in: matter_id int64, pid str
SELECT $attachment_line(t)
  FROM attachment t JOIN person n ON n.id = t.person_id JOIN party p ON p.id = t.party_id
 WHERE t.matter_id = :matter_id AND t.pid = :pid;

-- name: attachment_standing :many
-- row: struct attached core/document.h
-- in: matter_id int64
-- all: how many stand is limited when they are added
-- What belongs to the document now, as a version commits to it.
SELECT pid, sha256 FROM attachment
 WHERE matter_id = :matter_id AND removed_at = 0 ORDER BY id;

-- name: attachment_load :one
-- in: matter_id int64
-- out: n int64, bytes int64
-- How many there are now, and how much.
SELECT count(*) AS n, CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes FROM attachment
 WHERE matter_id = :matter_id AND removed_at = 0;

-- name: attachment_chunk :maybe
-- in: attachment_id int64, no int64
SELECT bytes FROM attachment_chunk WHERE attachment_id = :attachment_id AND no = :no;

-- name: attachment_set_removed :exec
-- in: id int64, now_at int64
UPDATE attachment SET removed_at = :now_at WHERE id = :id AND removed_at = 0;
