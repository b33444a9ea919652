-- What the index of words was made with: norsk_version(). Where the program's is another, or
-- none is kept, app/search.c makes the index anew before it is asked or added to.
-- small
CREATE TABLE search_version (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version TEXT    NOT NULL
) STRICT;
