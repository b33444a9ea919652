-- Which scripts have been run. store/migrate.c keeps it.
-- small
CREATE TABLE migration (
  no     INTEGER PRIMARY KEY,
  name   TEXT    NOT NULL,
  sha256 TEXT    NOT NULL CHECK (length(sha256) = 64), -- of the script, hexadecimal
  at     INTEGER NOT NULL                              -- UTC seconds
) STRICT;
