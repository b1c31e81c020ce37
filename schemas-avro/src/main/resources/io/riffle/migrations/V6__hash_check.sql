-- One row: the hash of a fixed text, by which a program tells that its pepper and rounds are those of the hashes in the tables.
CREATE TABLE riffle.hash_check (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  value varchar(64) NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT now()
);
