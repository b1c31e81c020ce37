-- A third way of reading rows of a captured table: those alone of which staging lacks a value (riffle_unsent of staging tables).

ALTER TABLE riffle.cdc_snapshots DROP CONSTRAINT cdc_snapshots_kind_check;
ALTER TABLE riffle.cdc_snapshots ADD CONSTRAINT cdc_snapshots_kind_check CHECK (kind IN ('SNAPSHOT', 'RELOAD', 'COMPLETION'));
