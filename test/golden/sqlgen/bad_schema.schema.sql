
CREATE TABLE t (id INTEGR PRIMARY KEY) STRICT;
--! 2: unknown datatype for t.id
