-- A decision, and how each party carries it out.

-- recorded
CREATE TABLE decision (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  year       INTEGER NOT NULL,
  no         INTEGER NOT NULL,
  label      TEXT    NOT NULL,          -- "Vedtak 6/26", by the charter's form
  matter_id  INTEGER NOT NULL REFERENCES matter(id),
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  item_id    INTEGER NOT NULL UNIQUE REFERENCES agenda_item(id),
  body_id    INTEGER NOT NULL REFERENCES body(id),
  authority  INTEGER NOT NULL,          -- enum outcome: decide, recommend, advise, note
  rule       TEXT    NOT NULL,          -- the charter's rule it was made by
  title      TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  remark     TEXT    NOT NULL DEFAULT '',
  decided_day INTEGER NOT NULL,
  due_day    INTEGER NOT NULL DEFAULT 0, -- 0: nothing to carry out by a date
  final_at   INTEGER NOT NULL DEFAULT 0, -- when the minutes it stands in were approved
  closed_at  INTEGER NOT NULL DEFAULT 0, -- when all lines were done or excused
  replaced_by_id INTEGER NOT NULL DEFAULT 0, -- the new decision that took its place
  published_at INTEGER NOT NULL DEFAULT 0,
  rev        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (body_id, year, no)
) STRICT;
CREATE INDEX decision_day ON decision (decided_day);
CREATE INDEX decision_matter ON decision (matter_id);
CREATE INDEX decision_meeting ON decision (meeting_id);
CREATE INDEX decision_open ON decision (due_day) WHERE closed_at = 0;
CREATE INDEX decision_published ON decision (published_at) WHERE published_at <> 0;

-- recorded
CREATE TABLE followup (
  decision_id INTEGER NOT NULL REFERENCES decision(id),
  party_id    INTEGER NOT NULL REFERENCES party(id),
  status      INTEGER NOT NULL,         -- enum line_status, core/decision.h
  note        TEXT    NOT NULL DEFAULT '',
  due_day     INTEGER NOT NULL DEFAULT 0,
  updated_at  INTEGER NOT NULL DEFAULT 0,
  person_id   INTEGER NOT NULL DEFAULT 0, -- who updated it last
  on_behalf   INTEGER NOT NULL DEFAULT 0, -- 1: the secretariat did, on the party's word
  sent_at     INTEGER NOT NULL DEFAULT 0, -- when the party was told; 0: minutes not approved
  seen_at     INTEGER NOT NULL DEFAULT 0, -- receipt: when the party confirmed it has seen it
  seen_by     INTEGER NOT NULL DEFAULT 0, -- person
  passed_on_at INTEGER NOT NULL DEFAULT 0, -- when it had told its own organisation
  reminded_at INTEGER NOT NULL DEFAULT 0,
  rev         INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (decision_id, party_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX followup_party ON followup (party_id, decision_id);
