-- The space itself, its parties and bodies, its people and what they may act for.

-- recorded small
CREATE TABLE charter_version (
  id       INTEGER PRIMARY KEY,
  from_day INTEGER NOT NULL UNIQUE,     -- takes effect on this civil day
  source   TEXT    NOT NULL             -- the charter file, YAML, as it was read
) STRICT;

-- recorded small
CREATE TABLE party (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  key        TEXT    NOT NULL UNIQUE,   -- its key in the charter
  kind       INTEGER NOT NULL,          -- enum party_kind, core/charter.h
  side       INTEGER NOT NULL,          -- enum side, core/actor.h
  name       TEXT    NOT NULL,
  number     TEXT    NOT NULL DEFAULT '', -- kommunenummer; empty for others
  population INTEGER NOT NULL DEFAULT 0,
  pos        INTEGER NOT NULL           -- order in lists
) STRICT;

-- recorded small
CREATE TABLE body (
  id    INTEGER PRIMARY KEY,
  pid   TEXT    NOT NULL UNIQUE,
  key   TEXT    NOT NULL UNIQUE,        -- its key in the charter, which holds its rules
  name  TEXT    NOT NULL,
  abbr TEXT    NOT NULL,
  pos   INTEGER NOT NULL
) STRICT;

-- recorded small
CREATE TABLE seat (
  id       INTEGER PRIMARY KEY,
  pid      TEXT    NOT NULL UNIQUE,
  body_id  INTEGER NOT NULL REFERENCES body(id),
  key      TEXT    NOT NULL,            -- its key in the charter: BODY/n
  side     INTEGER NOT NULL,            -- enum side
  label    TEXT    NOT NULL,            -- "Kommunalsjef", "Klinikkdirektør"
  party_id INTEGER NOT NULL DEFAULT 0,  -- when the seat belongs to one party
  pos      INTEGER NOT NULL,
  UNIQUE (body_id, key)
) STRICT;

-- Who may see what: an actor has a list of audiences, an object is opened to some.
-- recorded small
CREATE TABLE audience (
  id     INTEGER PRIMARY KEY,
  kind   INTEGER NOT NULL,              -- enum audience_kind, core/audience.h
  ref_id INTEGER NOT NULL DEFAULT 0,    -- the party, body, person or side meant
  UNIQUE (kind, ref_id)
) STRICT;

-- recorded
CREATE TABLE access (
  kind        INTEGER NOT NULL,         -- enum object_kind, core/authz.h
  object_id   INTEGER NOT NULL,
  audience_id INTEGER NOT NULL,
  PRIMARY KEY (kind, object_id, audience_id)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE person (
  id       INTEGER PRIMARY KEY,
  pid      TEXT    NOT NULL UNIQUE,
  name     TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  title    TEXT    NOT NULL DEFAULT '',
  email    TEXT    NOT NULL UNIQUE,     -- lower case
  phone    TEXT    NOT NULL DEFAULT '',
  lang     INTEGER NOT NULL DEFAULT 0,  -- enum lang; 0: the browser's
  party_id INTEGER NOT NULL DEFAULT 0,  -- where the person works; gives no right
  rev      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX person_name ON person (name, id);

-- recorded
CREATE TABLE appointment (
  id        INTEGER PRIMARY KEY,
  pid       TEXT    NOT NULL UNIQUE,
  person_id INTEGER NOT NULL REFERENCES person(id),
  role      INTEGER NOT NULL,           -- enum role
  party_id  INTEGER NOT NULL REFERENCES party(id), -- for whom
  side      INTEGER NOT NULL,           -- enum side
  body_id   INTEGER NOT NULL DEFAULT 0,
  seat_id   INTEGER NOT NULL DEFAULT 0,
  rank      INTEGER NOT NULL DEFAULT 0, -- of a deputy, from 1
  chairing  INTEGER NOT NULL DEFAULT 0, -- enum chairing
  from_day  INTEGER NOT NULL,
  to_day    INTEGER                     -- the last day in force; NULL: until ended
) STRICT;
CREATE INDEX appointment_person ON appointment (person_id, from_day);
CREATE INDEX appointment_body ON appointment (body_id, seat_id, from_day);
CREATE INDEX appointment_party ON appointment (party_id, role, from_day);
CREATE INDEX appointment_seat ON appointment (seat_id, from_day);
CREATE INDEX appointment_role ON appointment (role, from_day);

-- Secrets of an account. Not recorded: a change of one is an entry without its content.
CREATE TABLE account (
  person_id      INTEGER PRIMARY KEY REFERENCES person(id),
  password_hash  TEXT    NOT NULL DEFAULT '', -- argon2id; empty: none set yet
  totp_secret    BLOB,                        -- NULL: none set up yet
  totp_last_step INTEGER NOT NULL DEFAULT 0,  -- a code is used once
  disabled       INTEGER NOT NULL DEFAULT 0,
  changed_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
  person_id INTEGER NOT NULL REFERENCES person(id),
  code_hash TEXT    NOT NULL,           -- hex SHA-256
  used_at   INTEGER,
  PRIMARY KEY (person_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,   -- shown in the list of sessions
  token_hash TEXT    NOT NULL UNIQUE,   -- hex SHA-256; the token is only in the cookie
  person_id  INTEGER NOT NULL REFERENCES person(id),
  party_id   INTEGER NOT NULL DEFAULT 0, -- for whom the person acts
  stage      INTEGER NOT NULL,          -- enum session_stage, app/account.h
  created_at INTEGER NOT NULL,
  proved_at  INTEGER NOT NULL DEFAULT 0, -- when the second factor was last shown
  agent      TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_created ON session (created_at);

-- One-time links: an invitation, a new password, a new phone.
CREATE TABLE invitation (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  token_hash TEXT    NOT NULL UNIQUE,
  person_id  INTEGER NOT NULL REFERENCES person(id),
  kind       INTEGER NOT NULL,          -- enum invitation_kind, app/account.h
  made_by    INTEGER NOT NULL DEFAULT 0, -- person; 0: the command line
  made_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX invitation_person ON invitation (person_id);

CREATE TABLE token (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  token_hash TEXT    NOT NULL UNIQUE,
  person_id  INTEGER NOT NULL REFERENCES person(id),
  party_id   INTEGER NOT NULL,          -- for whom it acts
  label      TEXT    NOT NULL,
  writes     INTEGER NOT NULL,          -- 0: may only read
  made_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  proved_at  INTEGER NOT NULL DEFAULT 0, -- when a code was last given with it
  revoked_at INTEGER
) STRICT;
CREATE INDEX token_person ON token (person_id);

-- Failed logins: when the next try may be made.
CREATE TABLE throttle (
  key      TEXT    NOT NULL PRIMARY KEY, -- hex SHA-256 of what is slowed down
  failures INTEGER NOT NULL,
  next_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A form that is sent twice is carried out once.
CREATE TABLE once (
  key       TEXT    NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL,
  action    TEXT    NOT NULL,
  result    TEXT    NOT NULL,           -- pid of what the act concerned
  at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX once_at ON once (at);

-- What the product tells a person.
CREATE TABLE notice (
  id        INTEGER PRIMARY KEY,
  pid       TEXT    NOT NULL UNIQUE,
  person_id INTEGER NOT NULL REFERENCES person(id),
  at        INTEGER NOT NULL,
  kind      TEXT    NOT NULL,           -- the action that caused it
  object    TEXT    NOT NULL,           -- "matter:PID"
  title     TEXT    NOT NULL,           -- of the object, for the list
  read_at   INTEGER
) STRICT;
CREATE INDEX notice_person ON notice (person_id, read_at, at);
