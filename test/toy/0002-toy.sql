-- recorded
CREATE TABLE thing (
  id      INTEGER PRIMARY KEY,
  pid     TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL CHECK (length(name) > 0),
  note    TEXT,
  weight  REAL    NOT NULL DEFAULT 0.5,
  picture BLOB,
  owner   INTEGER REFERENCES thing(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX thing_owner ON thing (owner);

-- recorded
CREATE TABLE part (
  thing_id INTEGER NOT NULL REFERENCES thing(id),
  place    TEXT    NOT NULL,
  amount   INTEGER NOT NULL,
  PRIMARY KEY (thing_id, place)
) STRICT, WITHOUT ROWID;

-- small
CREATE TABLE remark (
  id   INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

-- only: sqlite
CREATE VIRTUAL TABLE toy_search USING fts5(body);
-- only: pg
CREATE TABLE toy_search (body TEXT NOT NULL);

-- What a witness is of.
CREATE TABLE party (
  id INTEGER PRIMARY KEY
) STRICT;
