-- Captured databases, as cdc-source keeps them. docs/cdc.md tells it to operators. No column here holds a password or a value of a row.

CREATE TABLE riffle.cdc_sources (
  source varchar(16) PRIMARY KEY,
  url text NOT NULL,                        -- JDBC, without user and password
  username varchar(63) NOT NULL,            
  secret varchar(128) NOT NULL,             -- where Connect and cdc-source find the password: file:NAME in their folder, env:VARIABLE
  tables text[] NOT NULL,                   -- schema.table or schema.*, as asked for
  declared boolean NOT NULL DEFAULT false,  -- in cdc.yaml
  chunk_rows integer NOT NULL,              -- of a snapshot
  reload_seconds integer NOT NULL,          -- between reloads of a table without a key
  wanted varchar(16) NOT NULL DEFAULT 'RUNNING' CHECK (wanted IN ('RUNNING', 'PAUSED', 'REMOVED')),
  drop_staging boolean NOT NULL DEFAULT false,
  new_epoch boolean NOT NULL DEFAULT true,  -- a new slot, and snapshots of all tables, are wanted
  state varchar(16) NOT NULL DEFAULT 'ADDED'
    CHECK (state IN ('ADDED', 'REFUSED', 'STARTING', 'STREAMING', 'PAUSED', 'FAILED', 'GAP', 'REMOVING')),
  reason text,                              -- why it is not streaming
  state_since timestamptz NOT NULL DEFAULT now(),
  epoch integer NOT NULL DEFAULT 0,         -- grows with each new slot; 0 before the first
  system_identifier text,                   -- of the server on which the slot was made,
  timeline integer,                         -- its timeline,
  slot_lsn bigint,                          -- and where the slot began; none while it is being made
  notified bigint NOT NULL DEFAULT 0,       -- next offset of the connector's notifications
  added_by varchar(128) NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now()
);

-- Of the epoch.
CREATE TABLE riffle.cdc_tables (
  source varchar(16) NOT NULL REFERENCES riffle.cdc_sources ON DELETE CASCADE,
  schema_name varchar(63) NOT NULL,
  table_name varchar(63) NOT NULL,
  key_columns text[] NOT NULL,              -- none: reloaded as a whole
  PRIMARY KEY (source, schema_name, table_name),
  UNIQUE (source, table_name)               -- the staging table is stg_<source>.<table_name>
);

-- Snapshots by Debezium, and reloads of tables without a key.
CREATE TABLE riffle.cdc_snapshots (
  snapshot_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source varchar(16) NOT NULL REFERENCES riffle.cdc_sources ON DELETE CASCADE,
  schema_name varchar(63) NOT NULL,
  table_name varchar(63) NOT NULL,
  kind varchar(16) NOT NULL CHECK (kind IN ('SNAPSHOT', 'RELOAD')),
  state varchar(16) NOT NULL DEFAULT 'REQUESTED' CHECK (state IN ('REQUESTED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  epoch integer NOT NULL,
  requested_by varchar(128) NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  start_lsn bigint,                         -- end of the source's log when it began: the version of the sweep
  rows_expected bigint,                     -- the source's own estimate when it began
  rows_done bigint NOT NULL DEFAULT 0,      -- sent to the topic; by whole chunks until the end
  ended_at timestamptz,
  detail text                               -- why it failed or was cancelled; never a value
);
CREATE UNIQUE INDEX cdc_snapshots_open_idx ON riffle.cdc_snapshots (source, schema_name, table_name)
  WHERE state IN ('REQUESTED', 'RUNNING');
CREATE INDEX cdc_snapshots_table_idx ON riffle.cdc_snapshots (source, schema_name, table_name, snapshot_id);

-- The slot when it was last looked at.
CREATE TABLE riffle.cdc_slots (
  source varchar(16) PRIMARY KEY REFERENCES riffle.cdc_sources ON DELETE CASCADE,
  slot varchar(63) NOT NULL,
  seen_at timestamptz NOT NULL,
  active boolean NOT NULL,
  wal_status varchar(16) NOT NULL,          -- reserved, extended, unreserved, lost; missing: there is no slot
  confirmed_lsn bigint,                     -- what is before it will not be sent again
  read_lsn bigint,                          -- up to here everything is on the topics
  server_lsn bigint NOT NULL,               -- end of the source's log
  retained_bytes bigint NOT NULL,           -- of log that the source keeps for the slot
  safe_bytes bigint,                        -- that it may still write until it gives the slot up; none without a limit
  behind_seconds double precision           -- age of what was read last, by the source's clock
);

-- The newest epoch that a name ever had: a source that is removed and comes again goes on from there, for rows keep theirs.
CREATE TABLE riffle.cdc_epochs (
  source varchar(16) PRIMARY KEY,
  epoch integer NOT NULL
);

-- Stands for values that the source did not send, in all events of this deployment; random, so that no value is equal to it.
CREATE TABLE riffle.cdc_placeholder (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  placeholder varchar(64) NOT NULL
);
INSERT INTO riffle.cdc_placeholder (placeholder) VALUES ('__riffle_' || replace(gen_random_uuid()::text, '-', ''));

-- As before (V17), and: captured databases.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects, riffle.replays, riffle.replay_ranges,'
    ' riffle.generations, riffle.generation_types, riffle.staging_tables, riffle.staging_changes,'
    ' riffle.cdc_sources, riffle.cdc_tables, riffle.cdc_snapshots, riffle.cdc_slots TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
