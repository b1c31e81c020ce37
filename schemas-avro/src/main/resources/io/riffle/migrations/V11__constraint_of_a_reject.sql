-- "CHECK_VIOLATION" alone does not say which of an operator's constraints refused the record.
ALTER TABLE riffle.rejects
  ADD COLUMN constraint_name varchar(128);            -- the constraint that the database names
