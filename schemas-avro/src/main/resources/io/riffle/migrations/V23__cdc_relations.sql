-- Which table was captured, and what became of it: one that is dropped, made again or renamed loses changes without a word of the source's.
ALTER TABLE riffle.cdc_tables ADD COLUMN relation bigint; -- oid of the table when it was last read; none: not known yet
ALTER TABLE riffle.cdc_tables ADD COLUMN lost text;       -- why changes of it may be missing until it is read again
