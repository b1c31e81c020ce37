-- Who did what: each sign-in and each action of an operator, by whatever face. Names what was acted on, never a key or a value of
-- a record. Rows are only ever added: whoever writes them may neither change nor delete any, and a trigger refuses it to those with more rights.

CREATE TABLE riffle.activity (
  activity_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  who varchar(128) NOT NULL,
  role varchar(16) NOT NULL,      -- VIEWER, OPERATOR, ADMIN; empty when nobody was signed in
  via varchar(16) NOT NULL,       -- PAGE, API
  action varchar(32) NOT NULL,    -- SIGN_IN, REDRIVE, …
  target text NOT NULL,           -- a file, a replay, a number of rejects
  before text,                    -- states, counts
  after text,                     -- what came of it, a refusal included
  CHECK (via IN ('PAGE', 'API'))
);
CREATE INDEX activity_at_idx ON riffle.activity (at);

CREATE FUNCTION riffle.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%.% is only ever added to', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER activity_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON riffle.activity
  FOR EACH STATEMENT EXECUTE FUNCTION riffle.refuse_change();
REVOKE ALL ON riffle.activity FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON riffle.activity FROM CURRENT_USER;

-- Whoever may see the ledger may see what became of it by whom.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects, riffle.replays, riffle.replay_ranges,'
    ' riffle.generations, riffle.generation_types, riffle.staging_tables, riffle.staging_changes,'
    ' riffle.cdc_sources, riffle.cdc_tables, riffle.cdc_snapshots, riffle.cdc_slots, riffle.activity TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
