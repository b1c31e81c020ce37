-- The table of LAB_RESULT. A repeatable migration: it runs after those with a number, and again when this text changes.
CREATE TABLE IF NOT EXISTS ${tables}.lab_results (
  result_id bigint NOT NULL,
  bene_id bigint NOT NULL,
  test_cd varchar(10) NOT NULL,
  result_dt date,
  result_val numeric,
  last_updated timestamptz,
  riffle_generation integer NOT NULL,
  riffle_offset bigint NOT NULL,
  PRIMARY KEY (result_id)
);
CREATE INDEX IF NOT EXISTS lab_results_bene_id_result_id_idx ON ${tables}.lab_results (bene_id, result_id);
