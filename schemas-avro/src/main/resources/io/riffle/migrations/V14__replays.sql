-- Replays: plans, how far each one is, and what came of it. docs/replay.md tells it to operators. The state of a replay changes
-- through riffle.change_replay_state only; progress is written by whoever runs it, in the transactions of the rows.

CREATE TABLE riffle.replays (
  replay_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mode varchar(16) NOT NULL CHECK (mode IN ('MERGE', 'REBUILD', 'REINGEST')),
  scope text NOT NULL,                      -- how it was asked for; keys are counted, never named
  type varchar(48) NOT NULL,                -- the type whose tables it writes
  topic varchar(249) NOT NULL,              -- the merged topic that it reads
  forced boolean NOT NULL DEFAULT false,    -- rows of the same version are written again
  by_key boolean NOT NULL DEFAULT false,    -- only the keys in riffle.replay_keys
  file_id bigint REFERENCES riffle.files,   -- REINGEST, and where a file was asked for
  file_attempt integer,                     -- the file's attempt when it was planned; REINGEST makes the next one
  state varchar(16) NOT NULL DEFAULT 'PLANNED',
  detail text,                              -- why it failed, was cancelled or waits; never a value
  planned_by varchar(128) NOT NULL,
  planned_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,                   -- first run
  run_at timestamptz,                       -- newest run
  run_from bigint NOT NULL DEFAULT 0,       -- records_done when that began
  beat_at timestamptz,                      -- last sign of life of who runs it
  ended_at timestamptz,
  records_planned bigint NOT NULL,          -- offsets in its ranges: at most so many records
  records_done bigint NOT NULL DEFAULT 0,   -- offsets behind it
  rows_written bigint NOT NULL DEFAULT 0,   -- records whose rows were written or deleted
  rows_kept bigint NOT NULL DEFAULT 0,      -- records whose rows were as new or newer
  rejected bigint NOT NULL DEFAULT 0,       -- records that the database refused
  dropped_at timestamptz                    -- its keys, or the generation that it replaced, are gone
);
-- One at a time for each topic. A run that was killed keeps its place: it is run again or cancelled.
CREATE UNIQUE INDEX replays_running_idx ON riffle.replays (topic)
  WHERE state IN ('RUNNING', 'SWAPPING') AND mode <> 'REINGEST';

CREATE TABLE riffle.replay_ranges (
  replay_id bigint NOT NULL REFERENCES riffle.replays ON DELETE CASCADE,
  topic varchar(249) NOT NULL,
  topic_id uuid NOT NULL,
  partitions integer NOT NULL,              -- of the topic
  partition integer NOT NULL,
  from_offset bigint NOT NULL,
  to_offset bigint NOT NULL,                -- where the live sink was when the newest run began
  next_offset bigint NOT NULL,              -- what is before it is in the tables
  PRIMARY KEY (replay_id, topic, partition),
  CHECK (from_offset <= next_offset AND next_offset <= to_offset)
);

-- Keys of records: health data.
CREATE TABLE riffle.replay_keys (
  replay_id bigint NOT NULL REFERENCES riffle.replays ON DELETE CASCADE,
  key bigint NOT NULL,
  PRIMARY KEY (replay_id, key)
);
REVOKE ALL ON riffle.replay_keys FROM PUBLIC;

-- Which state may follow which.
CREATE TABLE riffle.replay_state_moves (
  from_state varchar(16) NOT NULL,
  to_state varchar(16) NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
INSERT INTO riffle.replay_state_moves VALUES
  ('PLANNED', 'RUNNING'), ('PLANNED', 'CANCELLED'),
  ('RUNNING', 'DONE'), ('RUNNING', 'FAILED'), ('RUNNING', 'CANCELLED'), ('RUNNING', 'SWAPPING'),
  ('SWAPPING', 'DONE'), ('SWAPPING', 'FAILED'), ('SWAPPING', 'RUNNING'),
  ('FAILED', 'RUNNING'), ('FAILED', 'CANCELLED');

-- The one way to change the state of a replay. To RUNNING is the begin of a run, also of one that was killed while RUNNING.
-- Returns false when it is in that state already.
CREATE FUNCTION riffle.change_replay_state(p_replay bigint, p_state text, p_detail text DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_replay riffle.replays%ROWTYPE;
  v_now timestamptz := clock_timestamp();
BEGIN
  SELECT * INTO STRICT v_replay FROM riffle.replays WHERE replay_id = p_replay FOR UPDATE;
  IF v_replay.dropped_at IS NOT NULL THEN
    RAISE EXCEPTION 'replay % was dropped', p_replay USING ERRCODE = 'check_violation';
  ELSIF v_replay.state <> p_state AND NOT EXISTS (
      SELECT FROM riffle.replay_state_moves WHERE from_state = v_replay.state AND to_state = p_state) THEN
    RAISE EXCEPTION 'replay % cannot go from % to %', p_replay, v_replay.state, p_state USING ERRCODE = 'check_violation';
  END IF;
  UPDATE riffle.replays
     SET state = p_state, detail = p_detail,
         started_at = CASE WHEN p_state = 'RUNNING' THEN coalesce(started_at, v_now) ELSE started_at END,
         run_at = CASE WHEN p_state = 'RUNNING' THEN v_now ELSE run_at END,
         run_from = CASE WHEN p_state = 'RUNNING' THEN records_done ELSE run_from END,
         beat_at = CASE WHEN p_state IN ('RUNNING', 'SWAPPING') THEN v_now ELSE beat_at END,
         ended_at = CASE WHEN p_state IN ('DONE', 'FAILED', 'CANCELLED') THEN v_now END
   WHERE replay_id = p_replay;
  RETURN v_replay.state <> p_state;
END $$;

-- What a plan needed for its run goes; the replay itself stays listed. Not while it may still be run.
CREATE FUNCTION riffle.drop_replay(p_replay bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  SELECT state INTO STRICT v_state FROM riffle.replays WHERE replay_id = p_replay FOR UPDATE;
  IF v_state NOT IN ('DONE', 'CANCELLED') THEN
    RAISE EXCEPTION 'replay % is %', p_replay, v_state USING ERRCODE = 'check_violation';
  END IF;
  DELETE FROM riffle.replay_keys WHERE replay_id = p_replay;
  UPDATE riffle.replays SET dropped_at = coalesce(dropped_at, now()) WHERE replay_id = p_replay;
END $$;

-- As before (V9), and: replays, but for their keys.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects, riffle.replays, riffle.replay_ranges TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
