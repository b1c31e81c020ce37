-- Columns that the source computes: Debezium reads them or does not as it likes, so they are left out.

ALTER TABLE riffle.cdc_tables ADD COLUMN generated_columns text[] NOT NULL DEFAULT '{}';
