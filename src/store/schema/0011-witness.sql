-- Who cosigns checkpoints of the record for a side, and what they have signed.

-- recorded small
CREATE TABLE witness (
  id       INTEGER PRIMARY KEY,
  pid      TEXT    NOT NULL UNIQUE,
  party_id INTEGER NOT NULL REFERENCES party(id), -- whose witness it is
  side     INTEGER NOT NULL,            -- enum side
  key      TEXT    NOT NULL UNIQUE,     -- verifier key, C2SP: name+id+base64
  from_at  INTEGER NOT NULL,
  ended_at INTEGER                      -- NULL: it may sign
) STRICT;

-- recorded
CREATE TABLE cosignature (
  size       INTEGER NOT NULL,          -- of the checkpoint
  witness_id INTEGER NOT NULL REFERENCES witness(id),
  line       TEXT    NOT NULL,          -- of the note: "— name base64"
  signed_at  INTEGER NOT NULL,          -- by the witness's clock
  PRIMARY KEY (size, witness_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cosignature_witness ON cosignature (witness_id, size);
