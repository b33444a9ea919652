-- recorded
CREATE TABLE t (
  id INTEGER PRIMARY KEY,
  thing_id INTEGER NOT NULL REFERENCES thing (id) ON DELETE CASCADE
) STRICT;
--! 0: t.thing_id: a recorded table cannot have ON DELETE
