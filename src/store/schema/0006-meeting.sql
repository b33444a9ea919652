-- A meeting of a body: agenda, pre-meetings, attendance, minutes.

-- recorded
CREATE TABLE meeting (
  id          INTEGER PRIMARY KEY,
  pid         TEXT    NOT NULL UNIQUE,
  body_id     INTEGER NOT NULL REFERENCES body(id),
  year        INTEGER NOT NULL,
  no          INTEGER NOT NULL,
  label       TEXT    NOT NULL,         -- "SSU 2/26", by the charter's form
  starts_at   INTEGER NOT NULL,
  length_min  INTEGER NOT NULL,
  place       TEXT    NOT NULL DEFAULT '',
  state       INTEGER NOT NULL,         -- enum meeting_state, core/meeting.h
  state_at    INTEGER NOT NULL,
  extraordinary INTEGER NOT NULL DEFAULT 0, -- 1: an extra meeting that a party asked for
  requested_by_id INTEGER NOT NULL DEFAULT 0, -- that party
  reason      TEXT    NOT NULL DEFAULT '', -- of a postponement or cancellation
  chair_person_id INTEGER NOT NULL DEFAULT 0,
  current_item_id INTEGER NOT NULL DEFAULT 0, -- what is treated now
  opened_at   INTEGER NOT NULL DEFAULT 0,
  closed_at   INTEGER NOT NULL DEFAULT 0,
  agenda_rev  INTEGER NOT NULL DEFAULT 1, -- approvals hold for one agenda_rev
  published_at INTEGER NOT NULL DEFAULT 0, -- meeting and agenda on the public pages
  rev         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (body_id, year, no)
) STRICT;
CREATE INDEX meeting_time ON meeting (starts_at);
CREATE INDEX meeting_state ON meeting (state, starts_at);
CREATE INDEX meeting_published ON meeting (published_at, starts_at) WHERE published_at <> 0;

-- recorded
CREATE TABLE agenda_item (
  id          INTEGER PRIMARY KEY,
  pid         TEXT    NOT NULL UNIQUE,
  meeting_id  INTEGER NOT NULL REFERENCES meeting(id),
  pos         INTEGER NOT NULL,
  matter_id   INTEGER NOT NULL DEFAULT 0, -- 0: a fixed item without a matter
  title       TEXT    NOT NULL,
  kind        INTEGER NOT NULL,         -- enum item_kind, core/meeting.h
  length_min  INTEGER NOT NULL,
  late_reason TEXT    NOT NULL DEFAULT '', -- why it came on after the summons
  taken_at    INTEGER NOT NULL DEFAULT 0, -- when it was first taken up
  outcome     INTEGER NOT NULL DEFAULT 0, -- enum outcome, core/matter.h; 0: none yet
  disagreed   INTEGER NOT NULL DEFAULT 0, -- 1: "ikke enighet" was recorded
  reason      TEXT    NOT NULL DEFAULT '', -- of a return, escalation or dispute
  mandate     TEXT    NOT NULL DEFAULT '', -- to the body it is delegated to
  child_id    INTEGER NOT NULL DEFAULT 0, -- the matter that the delegation made
  text        TEXT    NOT NULL DEFAULT '', -- the decision text as it is written
  remark      TEXT    NOT NULL DEFAULT '', -- for the minutes
  to_meeting_id INTEGER NOT NULL DEFAULT 0, -- postponed to
  to_body_id  INTEGER NOT NULL DEFAULT 0, -- lifted or delegated to
  due_day     INTEGER NOT NULL DEFAULT 0,
  decided_at  INTEGER NOT NULL DEFAULT 0,
  rev         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX agenda_item_meeting ON agenda_item (meeting_id, pos);
CREATE INDEX agenda_item_matter ON agenda_item (matter_id, meeting_id) WHERE matter_id <> 0;

-- The matters an extraordinary meeting was asked for: its agenda may be locked to them.
-- recorded
CREATE TABLE meeting_request (
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  matter_id  INTEGER NOT NULL REFERENCES matter(id),
  PRIMARY KEY (meeting_id, matter_id)
) STRICT, WITHOUT ROWID;

-- Approvals of one agenda_rev; a person gives one, whatever places it could fill.
-- recorded
CREATE TABLE agenda_approval (
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  agenda_rev INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  places     INTEGER NOT NULL,          -- bits of the charter's setters, core/approval.h
  side       INTEGER NOT NULL,
  appointment_id INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, agenda_rev, person_id)
) STRICT, WITHOUT ROWID;

-- One pre-meeting a side; invisible to the other side.
-- recorded
CREATE TABLE premeeting (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  side       INTEGER NOT NULL,
  state      INTEGER NOT NULL,          -- enum premeeting_state, core/premeeting.h
  starts_at  INTEGER NOT NULL,
  place      TEXT    NOT NULL DEFAULT '',
  notes      TEXT    NOT NULL DEFAULT '',
  held_at    INTEGER NOT NULL DEFAULT 0,
  reason     TEXT    NOT NULL DEFAULT '', -- of a cancellation
  person_id  INTEGER NOT NULL,          -- who convened it
  rev        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (meeting_id, side)
) STRICT;

-- The parties that are asked to it.
-- recorded
CREATE TABLE premeeting_party (
  premeeting_id INTEGER NOT NULL REFERENCES premeeting(id),
  party_id      INTEGER NOT NULL REFERENCES party(id),
  asked_at      INTEGER NOT NULL,
  PRIMARY KEY (premeeting_id, party_id)
) STRICT, WITHOUT ROWID;

-- What each of them holds of an item, before the side takes its position.
-- recorded
CREATE TABLE stand (
  item_id   INTEGER NOT NULL REFERENCES agenda_item(id),
  party_id  INTEGER NOT NULL REFERENCES party(id),
  stand     INTEGER NOT NULL,           -- enum stand, core/premeeting.h
  text      TEXT    NOT NULL DEFAULT '',
  person_id INTEGER NOT NULL,           -- who said or registered it
  at        INTEGER NOT NULL,
  PRIMARY KEY (item_id, party_id)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE position (
  item_id     INTEGER NOT NULL REFERENCES agenda_item(id),
  side        INTEGER NOT NULL,
  kind        INTEGER NOT NULL,         -- enum position, core/premeeting.h
  text        TEXT    NOT NULL,
  minority    TEXT    NOT NULL DEFAULT '',
  speaker_id  INTEGER NOT NULL DEFAULT 0, -- person who speaks for the side
  released_at INTEGER NOT NULL DEFAULT 0, -- visible to the other side from then
  rev         INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (item_id, side)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE attendance (
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  seat_id    INTEGER NOT NULL REFERENCES seat(id),
  status     INTEGER NOT NULL,          -- enum presence, core/attendance.h; 0: undone
  person_id  INTEGER NOT NULL DEFAULT 0, -- who sits there
  mandate    INTEGER NOT NULL DEFAULT 0, -- 1: the deputy's mandate is recorded
  at         INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, seat_id)
) STRICT, WITHOUT ROWID;

-- Somebody in a seat who is not competent for an item, and leaves the room.
-- recorded
CREATE TABLE recusal (
  item_id   INTEGER NOT NULL REFERENCES agenda_item(id),
  seat_id   INTEGER NOT NULL REFERENCES seat(id),
  reason    TEXT    NOT NULL,
  person_id INTEGER NOT NULL,           -- who said so
  at        INTEGER NOT NULL,
  PRIMARY KEY (item_id, seat_id)
) STRICT, WITHOUT ROWID;

-- The minutes are a view of what happened; this is the words added to it, and the text as it
-- was locked when they were approved.
-- recorded
CREATE TABLE minutes (
  meeting_id   INTEGER PRIMARY KEY REFERENCES meeting(id),
  municipal_author_id INTEGER NOT NULL,  -- person: one author from each side
  trust_author_id INTEGER NOT NULL,
  preamble     TEXT    NOT NULL DEFAULT '',
  closing      TEXT    NOT NULL DEFAULT '',
  text_rev     INTEGER NOT NULL DEFAULT 1, -- approvals hold for one text_rev
  approved_at  INTEGER NOT NULL DEFAULT 0,
  hash         TEXT    NOT NULL DEFAULT '', -- hex SHA-256 of the locked text
  text         TEXT    NOT NULL DEFAULT '', -- the locked text, Markdown
  public_text  TEXT    NOT NULL DEFAULT '', -- the same without what is exempt
  published_at INTEGER NOT NULL DEFAULT 0,
  rev          INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX minutes_published ON minutes (published_at) WHERE published_at <> 0;

-- Approvals of one text_rev; a person gives one, whatever places it could fill.
-- recorded
CREATE TABLE minutes_approval (
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  text_rev   INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  places     INTEGER NOT NULL,          -- bits of the charter's approvers, core/approval.h
  side       INTEGER NOT NULL,
  appointment_id INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, text_rev, person_id)
) STRICT, WITHOUT ROWID;

-- recorded
CREATE TABLE minutes_comment (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  meeting_id INTEGER NOT NULL,
  item_id    INTEGER NOT NULL DEFAULT 0,
  text       TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  party_id   INTEGER NOT NULL,
  answer     TEXT    NOT NULL DEFAULT '',
  answered_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX minutes_comment_meeting ON minutes_comment (meeting_id, at);

-- What was found wrong after the approval. The minutes stay as they were locked.
-- recorded
CREATE TABLE minutes_correction (
  id         INTEGER PRIMARY KEY,
  pid        TEXT    NOT NULL UNIQUE,
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  item_id    INTEGER NOT NULL DEFAULT 0, -- what it concerns; 0: the whole
  hash       TEXT    NOT NULL,          -- of the locked text it corrects
  text       TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  person_id  INTEGER NOT NULL,
  party_id   INTEGER NOT NULL
) STRICT;
CREATE INDEX minutes_correction_meeting ON minutes_correction (meeting_id, at);
