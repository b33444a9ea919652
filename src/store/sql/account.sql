-- Logging in: secrets, sessions, one-time links, tokens, and forms sent twice.

-- name: account_by_email :maybe
-- in: email str
SELECT n.id AS person_id, c.password_hash, c.totp_secret, c.totp_last_step, c.disabled
  FROM person n JOIN account c ON c.person_id = n.id
 WHERE n.email = :email;

-- name: account_by_person :maybe
-- in: person_id int64
SELECT person_id, password_hash, totp_secret, totp_last_step, disabled
  FROM account WHERE person_id = :person_id;

-- name: account_state :maybe
-- in: person_id int64
-- out: has_password int64, has_totp int64
SELECT CASE WHEN password_hash <> '' THEN 1 ELSE 0 END AS has_password,
       CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END AS has_totp, disabled, changed_at
  FROM account WHERE person_id = :person_id;

-- name: account_add :exec
-- in: person_id int64, now_at int64
INSERT INTO account (person_id, changed_at) VALUES (:person_id, :now_at)
ON CONFLICT DO NOTHING;

-- name: account_set_password :exec
-- in: person_id int64, hash str, now_at int64
UPDATE account SET password_hash = :hash, changed_at = :now_at WHERE person_id = :person_id;

-- name: account_set_totp :exec
-- in: person_id int64, secret blob, now_at int64
UPDATE account SET totp_secret = :secret, totp_last_step = 0, changed_at = :now_at
 WHERE person_id = :person_id;

-- name: account_use_step :exec
-- in: person_id int64, step int64
-- Marks a TOTP step as used. Changes no row if it, or a later one, was used before.
UPDATE account SET totp_last_step = :step
 WHERE person_id = :person_id AND totp_last_step < :step;

-- name: account_disable :exec
-- in: person_id int64, disabled int64, now_at int64
UPDATE account SET disabled = :disabled, changed_at = :now_at WHERE person_id = :person_id;

-- name: recovery_clear :exec
-- in: person_id int64
DELETE FROM recovery_code WHERE person_id = :person_id;

-- name: recovery_add :exec
-- in: person_id int64, hash str
INSERT INTO recovery_code (person_id, code_hash) VALUES (:person_id, :hash);

-- name: recovery_use :exec
-- in: person_id int64, hash str, now_at int64
UPDATE recovery_code SET used_at = :now_at
 WHERE person_id = :person_id AND code_hash = :hash AND used_at IS NULL;

-- name: recovery_left :one
-- in: person_id int64
-- out: n int64
SELECT count(*) AS n FROM recovery_code WHERE person_id = :person_id AND used_at IS NULL;

-- name: session_add :insert
-- in: pid str, token_hash str, person_id int64, party_id int64, stage int64, now_at int64, proved_at int64, agent str
INSERT INTO session (pid, token_hash, person_id, party_id, stage, created_at, proved_at, agent)
VALUES (:pid, :token_hash, :person_id, :party_id, :stage, :now_at, :proved_at, :agent);

-- name: session_by_token :maybe
-- in: token_hash str
SELECT s.id, s.pid, s.person_id, s.party_id, s.stage, s.created_at, s.proved_at,
       n.name, n.title, n.lang, c.disabled
  FROM session s
  JOIN person n ON n.id = s.person_id
  JOIN account c ON c.person_id = s.person_id
 WHERE s.token_hash = :token_hash;

-- name: session_list :many
-- in: person_id int64, since_at int64
-- all: those of one person that have not run out
SELECT pid, stage, created_at, proved_at, agent
  FROM session WHERE person_id = :person_id AND created_at > :since_at
 ORDER BY created_at DESC, id DESC;

-- name: session_prove :exec
-- in: id int64, token_hash str, now_at int64
-- The second factor was shown again: the session goes on under a new token.
UPDATE session SET proved_at = :now_at, token_hash = :token_hash WHERE id = :id;

-- name: session_act_for :exec
-- in: id int64, party_id int64
UPDATE session SET party_id = :party_id WHERE id = :id;

-- name: session_end :exec
-- in: pid str, person_id int64
DELETE FROM session WHERE pid = :pid AND person_id = :person_id;

-- name: session_end_all :exec
-- in: person_id int64
DELETE FROM session WHERE person_id = :person_id;

-- name: session_end_others :exec
-- in: person_id int64, tag str
-- tag: the first 16 digits of the token's hash, as in the journal.
DELETE FROM session WHERE person_id = :person_id AND substr(token_hash, 1, 16) <> :tag;

-- name: session_tidy :exec
-- in: before_at int64
DELETE FROM session WHERE created_at < :before_at;

-- name: invitation_add :insert
-- in: pid str, token_hash str, person_id int64, kind int64, made_by int64, now_at int64, expires_at int64
INSERT INTO invitation (pid, token_hash, person_id, kind, made_by, made_at, expires_at)
VALUES (:pid, :token_hash, :person_id, :kind, :made_by, :now_at, :expires_at);

-- name: invitation_by_token :maybe
-- in: token_hash str, now_at int64
-- An invitation that can still be used.
SELECT i.id, i.pid, i.person_id, i.kind, n.name, n.email
  FROM invitation i JOIN person n ON n.id = i.person_id
 WHERE i.token_hash = :token_hash AND i.used_at IS NULL AND i.expires_at > :now_at;

-- name: invitation_use :exec
-- in: id int64, now_at int64
UPDATE invitation SET used_at = :now_at WHERE id = :id AND used_at IS NULL;

-- name: invitation_void :exec
-- in: person_id int64, now_at int64
-- Earlier invitations of a person stop working.
UPDATE invitation SET used_at = :now_at WHERE person_id = :person_id AND used_at IS NULL;

-- name: invitation_open :many
-- in: person_id int64, now_at int64
-- all: those of one person that have not run out
SELECT pid, kind, made_at, expires_at FROM invitation
 WHERE person_id = :person_id AND used_at IS NULL AND expires_at > :now_at ORDER BY made_at DESC;

-- name: token_add :insert
-- in: pid str, token_hash str, person_id int64, party_id int64, label str, writes int64, now_at int64, expires_at int64
INSERT INTO token (pid, token_hash, person_id, party_id, label, writes, made_at, expires_at)
VALUES (:pid, :token_hash, :person_id, :party_id, :label, :writes, :now_at, :expires_at);

-- name: token_by_hash :maybe
-- in: token_hash str, now_at int64
SELECT t.id, t.pid, t.person_id, t.party_id, t.writes, t.proved_at, n.lang, c.disabled
  FROM token t
  JOIN person n ON n.id = t.person_id
  JOIN account c ON c.person_id = t.person_id
 WHERE t.token_hash = :token_hash AND t.revoked_at IS NULL AND t.expires_at > :now_at;

-- name: token_prove :exec
-- in: id int64, now_at int64
UPDATE token SET proved_at = :now_at WHERE id = :id;

-- name: token_list :many
-- in: person_id int64, now_at int64
-- all: those that one person holds: TOKENS_MAX (app/account.h)
SELECT t.pid, t.label, t.writes, t.made_at, t.expires_at, p.name AS party_name
  FROM token t JOIN party p ON p.id = t.party_id
 WHERE t.person_id = :person_id AND t.revoked_at IS NULL AND t.expires_at > :now_at
 ORDER BY t.made_at DESC, t.id DESC;

-- name: token_revoke :exec
-- in: pid str, person_id int64, now_at int64
UPDATE token SET revoked_at = :now_at
 WHERE pid = :pid AND person_id = :person_id AND revoked_at IS NULL;

-- name: token_revoke_all :exec
-- in: person_id int64, now_at int64
UPDATE token SET revoked_at = :now_at WHERE person_id = :person_id AND revoked_at IS NULL;

-- name: throttle_get :maybe
-- in: key str
SELECT failures, next_at FROM throttle WHERE key = :key;

-- name: throttle_set :exec
-- in: key str, failures int64, next_at int64
INSERT INTO throttle (key, failures, next_at) VALUES (:key, :failures, :next_at)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, next_at = excluded.next_at;

-- name: throttle_clear :exec
-- in: key str
DELETE FROM throttle WHERE key = :key;

-- name: throttle_tidy :exec
-- in: before_at int64
-- scan: one row for whom or what has failed within days, and only once a round
DELETE FROM throttle WHERE next_at < :before_at;

-- name: once_get :maybe
-- in: key str
SELECT person_id, action, result FROM once WHERE key = :key;

-- name: once_add :exec
-- in: key str, person_id int64, action str, result str, now_at int64
INSERT INTO once (key, person_id, action, result, at)
VALUES (:key, :person_id, :action, :result, :now_at);

-- name: once_tidy :exec
-- in: before_at int64
DELETE FROM once WHERE at < :before_at;

-- name: session_end_by_id :exec
-- in: id int64
DELETE FROM session WHERE id = :id;
