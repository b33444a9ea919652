-- A round asks parties for an answer by a deadline. The read-through is its first kind.

-- recorded
CREATE TABLE round (
  id           INTEGER PRIMARY KEY,
  pid          TEXT    NOT NULL UNIQUE,
  matter_id    INTEGER NOT NULL REFERENCES matter(id),
  kind         INTEGER NOT NULL,        -- enum round_kind, core/round.h
  version_no   INTEGER NOT NULL,        -- the version that is read
  message      TEXT    NOT NULL DEFAULT '',
  short_reason TEXT    NOT NULL DEFAULT '', -- why less time than the charter gives
  opened_at    INTEGER NOT NULL,
  deadline_at  INTEGER NOT NULL,        -- the first instant that is too late
  closed_at    INTEGER NOT NULL DEFAULT 0, -- when the secretariat took the result; 0: not yet
  cancelled_at INTEGER NOT NULL DEFAULT 0,
  reason       TEXT    NOT NULL DEFAULT '', -- of the last extension, or of cancelling
  person_id    INTEGER NOT NULL,        -- who opened it
  rev          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX round_matter ON round (matter_id, opened_at);
CREATE INDEX round_open ON round (deadline_at) WHERE closed_at = 0 AND cancelled_at = 0;
CREATE INDEX round_recent ON round (opened_at);

-- One row for each party that is asked. Kept with its round, in the order of the parties.
-- recorded
CREATE TABLE round_party (
  round_id    INTEGER NOT NULL REFERENCES round(id),
  party_id    INTEGER NOT NULL REFERENCES party(id),
  answer      INTEGER NOT NULL,         -- enum round_answer, core/round.h
  text        TEXT    NOT NULL DEFAULT '',
  opened_at   INTEGER NOT NULL DEFAULT 0, -- when the party first confirmed having opened it
  answered_at INTEGER NOT NULL DEFAULT 0,
  person_id   INTEGER NOT NULL DEFAULT 0, -- who answered, or registered the answer
  appointment_id INTEGER NOT NULL DEFAULT 0,
  channel     INTEGER NOT NULL DEFAULT 0, -- enum channel; not the party's own: on its behalf
  note        TEXT    NOT NULL DEFAULT '', -- how the answer came, when on behalf
  reminded_at INTEGER NOT NULL DEFAULT 0,
  reminders   INTEGER NOT NULL DEFAULT 0,
  disposition INTEGER NOT NULL DEFAULT 0, -- enum disposition; 0: none yet
  disposition_reason TEXT NOT NULL DEFAULT '',
  disposition_at INTEGER NOT NULL DEFAULT 0,
  rev         INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (round_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_party_party ON round_party (party_id, round_id);
