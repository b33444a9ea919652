-- A matter ("sak"): what a party raises, and the case document that is written about it.

-- recorded
CREATE TABLE matter (
  id               INTEGER PRIMARY KEY,
  pid              TEXT    NOT NULL UNIQUE,
  year             INTEGER NOT NULL DEFAULT 0, -- 0 and no 0 until it is received
  no               INTEGER NOT NULL DEFAULT 0,
  label            TEXT    NOT NULL DEFAULT '', -- "Sak 14/26", by the charter's form
  title            TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  summary          TEXT    NOT NULL,           -- "Saken kort": what the proposer wrote
  wish             TEXT    NOT NULL DEFAULT '', -- what the proposer wants to come of it
  state            INTEGER NOT NULL,           -- enum matter_state, core/matter.h
  state_at         INTEGER NOT NULL,
  proposer_party_id  INTEGER NOT NULL REFERENCES party(id),
  proposer_person_id INTEGER NOT NULL REFERENCES person(id),
  proposer_appointment_id INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  submitted_at     INTEGER NOT NULL DEFAULT 0,
  received_at      INTEGER NOT NULL DEFAULT 0,
  -- triage
  body_id          INTEGER NOT NULL DEFAULT 0, -- the body that is to treat it
  type             INTEGER NOT NULL DEFAULT 0, -- enum matter_type
  scope            INTEGER NOT NULL DEFAULT 0, -- enum matter_scope
  consequence      INTEGER NOT NULL DEFAULT 0, -- mask of enum matter_consequence
  topic            INTEGER NOT NULL DEFAULT 0, -- enum matter_topic
  larger           INTEGER NOT NULL DEFAULT 0, -- larger economic or administrative consequence
  extensive        INTEGER NOT NULL DEFAULT 0, -- needs a rapporteur
  region_key       TEXT    NOT NULL DEFAULT '', -- which area, when it concerns one
  override_reason  TEXT    NOT NULL DEFAULT '', -- why another body than the rule says
  round_required   INTEGER NOT NULL DEFAULT -1, -- -1: not decided upon
  round_reason     TEXT    NOT NULL DEFAULT '', -- why no read-through
  due_day          INTEGER NOT NULL DEFAULT 0,
  rapporteur_id    INTEGER NOT NULL DEFAULT 0, -- person: saksordfører
  author_exemption TEXT    NOT NULL DEFAULT '', -- why there are not two authors
  lit_exemption    TEXT    NOT NULL DEFAULT '', -- why a perspective stays dark
  reason           TEXT    NOT NULL DEFAULT '', -- of rejection, return or withdrawal
  appealed         INTEGER NOT NULL DEFAULT 0,
  joined_to_id     INTEGER NOT NULL DEFAULT 0, -- the matter it goes on in
  parent_id        INTEGER NOT NULL DEFAULT 0, -- matter it was delegated, lifted or reopened from
  mandate          TEXT    NOT NULL DEFAULT '',
  version_no       INTEGER NOT NULL DEFAULT 0, -- latest version of the document; 0: none
  ready_version_no INTEGER NOT NULL DEFAULT 0, -- the version both sides signed off
  published_at     INTEGER NOT NULL DEFAULT 0, -- on the public pages; 0: not
  exempt_basis     TEXT    NOT NULL DEFAULT '', -- legal basis when not public
  rev              INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX matter_state ON matter (state, state_at);
CREATE INDEX matter_number ON matter (year, no);
CREATE INDEX matter_recent ON matter (created_at);
CREATE INDEX matter_body ON matter (body_id, state);
CREATE INDEX matter_proposer ON matter (proposer_party_id, created_at);
CREATE INDEX matter_parent ON matter (parent_id) WHERE parent_id <> 0;
CREATE INDEX matter_published ON matter (published_at) WHERE published_at <> 0;

-- The two who write it together, one of each side; and others who help.
-- recorded
CREATE TABLE matter_author (
  matter_id INTEGER NOT NULL REFERENCES matter(id),
  person_id INTEGER NOT NULL REFERENCES person(id),
  side      INTEGER NOT NULL,           -- enum side
  lead      INTEGER NOT NULL,           -- 1: the author of that side
  PRIMARY KEY (matter_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_author_person ON matter_author (person_id, matter_id);

-- The text as it is being written, one row a section.
-- recorded
CREATE TABLE section (
  matter_id  INTEGER NOT NULL REFERENCES matter(id),
  kind       INTEGER NOT NULL,          -- enum section_kind, core/matter.h
  text       TEXT    NOT NULL,          -- Markdown
  rev        INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,          -- who wrote last
  party_id   INTEGER NOT NULL,
  PRIMARY KEY (matter_id, kind)
) STRICT, WITHOUT ROWID;

-- A version is frozen text: what is signed, read through and decided on.
-- recorded
CREATE TABLE version (
  matter_id INTEGER NOT NULL REFERENCES matter(id),
  no        INTEGER NOT NULL,
  hash      TEXT    NOT NULL,           -- hex SHA-256 of its sections
  note      TEXT    NOT NULL DEFAULT '',
  made_at   INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  party_id  INTEGER NOT NULL,
  PRIMARY KEY (matter_id, no)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE version_section (
  matter_id INTEGER NOT NULL,
  no        INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  text      TEXT    NOT NULL,
  PRIMARY KEY (matter_id, no, kind)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE signature (
  matter_id INTEGER NOT NULL,
  no        INTEGER NOT NULL,           -- the version
  side      INTEGER NOT NULL,           -- enum side: one a side
  person_id INTEGER NOT NULL,
  party_id  INTEGER NOT NULL,
  appointment_id INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (matter_id, no, side)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE comment (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  matter_id  INTEGER NOT NULL REFERENCES matter(id),
  kind       INTEGER NOT NULL DEFAULT 0, -- section it concerns; 0: the whole
  version_no INTEGER NOT NULL,          -- latest version when it was written; 0: the draft
  text       TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  party_id   INTEGER NOT NULL,
  done_at    INTEGER NOT NULL DEFAULT 0 -- when it was marked as dealt with
) STRICT;
CREATE INDEX comment_matter ON comment (matter_id, at);

-- recorded
CREATE TABLE attachment (
  id        INTEGER PRIMARY KEY,
  pid       TEXT    NOT NULL UNIQUE,
  matter_id INTEGER NOT NULL REFERENCES matter(id),
  name      TEXT    NOT NULL,           -- file name shown; never a path
  kind      TEXT    NOT NULL,           -- "pdf", "docx" ...
  bytes     INTEGER NOT NULL,
  sha256    TEXT    NOT NULL,           -- hex, of the content
  text      TEXT    NOT NULL,           -- what the sandboxed reader found in it
  at        INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  party_id  INTEGER NOT NULL,
  removed_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attachment_matter ON attachment (matter_id, at);

-- The bytes, covered by the attachment's SHA-256.
CREATE TABLE attachment_chunk (
  attachment_id INTEGER NOT NULL REFERENCES attachment(id),
  no            INTEGER NOT NULL,       -- from 0; 64 KiB each but the last
  bytes         BLOB    NOT NULL,
  PRIMARY KEY (attachment_id, no)
) STRICT, WITHOUT ROWID;
