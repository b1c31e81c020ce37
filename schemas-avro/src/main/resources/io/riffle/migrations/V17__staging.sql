-- What the sink knows of staging tables, which it makes and alters itself as the captured tables change. Written in the
-- transactions of the rows. docs/staging.md tells it to engineers. No column here holds a value of a captured row.

CREATE TABLE riffle.staging_tables (
  source varchar(63) NOT NULL,              -- the staging table is stg_<source>.<table_name>
  table_name varchar(63) NOT NULL,
  source_schema varchar(63) NOT NULL,
  topic varchar(249) NOT NULL UNIQUE,
  epoch integer NOT NULL DEFAULT 0,         -- of the last event; grows when slot, timeline or system identifier change
  last_commit bigint NOT NULL DEFAULT 0,    -- its position: the source's last commit before it,
  last_lsn bigint NOT NULL DEFAULT 0,       -- its place in the source's log,
  last_offset bigint NOT NULL DEFAULT -1,   -- and on the topic
  last_commit_at timestamptz,               -- when the source committed it
  floor_epoch integer,                      -- version of the last TRUNCATE: what is older has no effect; none without one
  floor_commit bigint,
  floor_lsn bigint,
  floor_offset bigint,
  swept_at timestamptz,                     -- the time of the last sweep marker
  inserted bigint NOT NULL DEFAULT 0,       -- events that made a row, or brought a deleted one back
  updated bigint NOT NULL DEFAULT 0,        -- events after which a row had other values
  deleted bigint NOT NULL DEFAULT 0,        -- rows that were deleted: by an event, TRUNCATE or a sweep
  unchanged bigint NOT NULL DEFAULT 0,      -- events with the values that were there, or followed by another of the batch
  older bigint NOT NULL DEFAULT 0,          -- events that came after a newer one; each time they come
  incomplete bigint NOT NULL DEFAULT 0,     -- events that made a row without a value that the source did not send: unknown until it comes
  rejected bigint NOT NULL DEFAULT 0,       -- events in riffle.rejects
  stopped text,                             -- why no event of this table is written at the moment
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, table_name)
);

-- What became of the columns of staging tables.
CREATE TABLE riffle.staging_changes (
  change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  source varchar(63) NOT NULL,
  table_name varchar(63) NOT NULL,
  column_name varchar(63),                  -- none for the table as a whole
  what varchar(16) NOT NULL CHECK (what IN ('CREATED', 'ADDED', 'DROPPED', 'RETURNED', 'WIDENED', 'NARROWED', 'EXTENDED')),
  detail text,                              -- types, never values
  topic varchar(249) NOT NULL,
  "offset" bigint NOT NULL                  -- of the first event after the change
);
CREATE INDEX staging_changes_table_idx ON riffle.staging_changes (source, table_name, change_id);

-- As before (V15), and: staging tables and what became of them.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects, riffle.replays, riffle.replay_ranges,'
    ' riffle.generations, riffle.generation_types, riffle.staging_tables, riffle.staging_changes TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
