-- What those who were called have said: whether they come. A deputy answers when asked.
-- recorded
CREATE TABLE summons_reply (
  meeting_id INTEGER NOT NULL REFERENCES meeting(id),
  seat_id    INTEGER NOT NULL REFERENCES seat(id),
  person_id  INTEGER NOT NULL,
  reply      INTEGER NOT NULL,          -- enum coming, core/attendance.h
  note       TEXT    NOT NULL DEFAULT '', -- to the secretariat
  at         INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, seat_id, person_id)
) STRICT, WITHOUT ROWID;
