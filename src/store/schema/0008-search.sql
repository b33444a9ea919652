-- What can be found by its words. Derived from the recorded tables and made anew from them;
-- not part of the record itself.

CREATE TABLE search_doc (
  id        INTEGER PRIMARY KEY,
  kind      INTEGER NOT NULL,           -- enum object_kind
  object_id INTEGER NOT NULL,
  pid       TEXT    NOT NULL,
  label     TEXT    NOT NULL,           -- "Sak 14/26"
  title     TEXT    NOT NULL,
  body      TEXT    NOT NULL,           -- plain text
  year      INTEGER NOT NULL,
  body_id   INTEGER NOT NULL,           -- the body of the cooperation; 0: none
  at        INTEGER NOT NULL,
  is_public INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, object_id)
) STRICT;
CREATE INDEX search_doc_public ON search_doc (at) WHERE is_public = 1;

-- only: sqlite
CREATE VIRTUAL TABLE search_fts USING fts5(label, title, body, content = 'search_doc',
  content_rowid = 'id', tokenize = 'norsk');

-- only: pg
ALTER TABLE search_doc ADD COLUMN lexemes tsvector;
-- only: pg
CREATE INDEX search_doc_lexemes ON search_doc USING gin (lexemes);
