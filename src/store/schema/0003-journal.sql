-- The joint record: entries, the content they commit to, the tree over them, checkpoints.
-- It does not record itself. Rows are only ever added, but that content can be erased.
-- That is checked by whoever keeps a checkpoint, not by a rule in the database.

CREATE TABLE journal_entry (
  seq     INTEGER PRIMARY KEY,   -- from 0
  text    TEXT    NOT NULL,      -- the 13 lines exactly as hashed; the rest repeats it
  at_ms   INTEGER NOT NULL,      -- milliseconds UTC, never smaller than in the entry before
  action  TEXT    NOT NULL,      -- "matter.submit"
  object  TEXT    NOT NULL,      -- "matter:PID"
  rev     INTEGER NOT NULL,
  actor   TEXT    NOT NULL,      -- "u:PID" or "system"
  org     TEXT    NOT NULL       -- key of the party, or "-"
) STRICT;
CREATE INDEX journal_entry_object ON journal_entry (object, seq);
CREATE INDEX journal_entry_time ON journal_entry (at_ms);

-- What an entry commits to, and the key without which nobody can confirm a guess. No row:
-- erased, and a later entry says so.
CREATE TABLE journal_content (
  seq     INTEGER PRIMARY KEY REFERENCES journal_entry(seq),
  key     BLOB    NOT NULL CHECK (length(key) = 32),
  content BLOB    NOT NULL
) STRICT;

-- The complete subtrees: pos = level * 2^48 + index.
CREATE TABLE journal_node (
  pos     INTEGER PRIMARY KEY,
  hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE journal_checkpoint (
  size    INTEGER PRIMARY KEY,
  root    BLOB    NOT NULL CHECK (length(root) = 32),
  note    TEXT    NOT NULL,      -- signed, C2SP
  at      INTEGER NOT NULL       -- UTC seconds
) STRICT;
