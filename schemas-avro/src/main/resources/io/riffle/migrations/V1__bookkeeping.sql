-- Bookkeeping: the ledger that readers of the existing loader know (schema ${tables}), and what Riffle adds (schema riffle).
-- Rules: the state of a file changes through riffle.change_file_state only; no column here holds a value from a data file
-- except riffle.rejects_raw.raw, riffle.parked.fields and the keys of riffle.parked and riffle.deleted_keys.

-- Flyway makes schema riffle, where its own history is.
CREATE SCHEMA IF NOT EXISTS ${tables};

-- ---------------------------------------------------------------- the existing loader's ledger

CREATE SEQUENCE ${tables}.s3_manifest_files_manifest_id_seq;
CREATE TABLE ${tables}.s3_manifest_files (
  manifest_id bigint PRIMARY KEY DEFAULT nextval('${tables}.s3_manifest_files_manifest_id_seq'),
  s3_key varchar(1024) NOT NULL UNIQUE,
  status varchar(24) NOT NULL,
  status_timestamp timestamptz,
  manifest_timestamp timestamptz NOT NULL,
  discovery_timestamp timestamptz NOT NULL
);

CREATE TABLE ${tables}.s3_data_files (
  manifest_id bigint NOT NULL REFERENCES ${tables}.s3_manifest_files,
  index smallint NOT NULL,
  file_name varchar(128) NOT NULL,
  file_type varchar(50) NOT NULL,
  s3_key varchar(1024) NOT NULL UNIQUE,
  status varchar(24) NOT NULL,
  status_timestamp timestamptz,
  discovery_timestamp timestamptz NOT NULL,
  last_record_number bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (manifest_id, file_name)
);

CREATE SEQUENCE ${tables}.loadedfiles_loadedfileid_seq CYCLE;
CREATE TABLE ${tables}.loaded_files (
  loaded_file_id bigint PRIMARY KEY DEFAULT nextval('${tables}.loadedfiles_loadedfileid_seq'),
  rif_type varchar(48) NOT NULL,
  created timestamptz NOT NULL,
  s3_manifest_id bigint,
  s3_file_index smallint
);

CREATE SEQUENCE ${tables}.loadedbatches_loadedbatchid_seq INCREMENT 20 CYCLE;
CREATE TABLE ${tables}.loaded_batches (
  loaded_batch_id bigint PRIMARY KEY DEFAULT nextval('${tables}.loadedbatches_loadedbatchid_seq'),
  loaded_file_id bigint NOT NULL REFERENCES ${tables}.loaded_files,
  beneficiaries varchar(20000) NOT NULL,
  created timestamptz NOT NULL
);
CREATE INDEX loaded_batches_created_idx ON ${tables}.loaded_batches (created);
CREATE INDEX loaded_batches_loaded_file_id_idx ON ${tables}.loaded_batches (loaded_file_id DESC NULLS LAST);

-- ---------------------------------------------------------------- manifests and files

-- What Riffle knows of a manifest beyond its row in s3_manifest_files.
CREATE TABLE riffle.manifests (
  manifest_id bigint PRIMARY KEY REFERENCES ${tables}.s3_manifest_files,
  bucket varchar(255) NOT NULL,
  folder varchar(1024) NOT NULL,
  instant_nanos bigint NOT NULL,
  feed smallint NOT NULL,
  sequence_id integer NOT NULL,
  content_hash varchar(64) NOT NULL,      -- SHA-256 of the object, lower-case hex
  state varchar(24) NOT NULL,             -- as riffle.files; REJECTED and CONFLICT manifests have no files
  reason varchar(48),
  detail text,                            -- names file, line and column, never a value
  discovered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
-- Versions are unique: one manifest for each (instant, feed, sequenceId). A CONFLICT is recorded, not versioned.
CREATE UNIQUE INDEX manifests_version_idx ON riffle.manifests (instant_nanos, feed, sequence_id)
  WHERE state NOT IN ('CONFLICT', 'REJECTED');

-- ManifestList.done of a folder: which manifests the set consists of.
CREATE TABLE riffle.data_sets (
  bucket varchar(255) NOT NULL,
  folder varchar(1024) NOT NULL,
  manifests text[] NOT NULL,
  listed_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, folder)
);

CREATE TABLE riffle.files (
  file_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  manifest_id bigint NOT NULL REFERENCES riffle.manifests,
  entry_index smallint NOT NULL,
  file_name varchar(128) NOT NULL,
  type varchar(48) NOT NULL,              -- base type, such as CARRIER
  merge boolean NOT NULL,                 -- a _MERGE entry
  s3_key varchar(1024) NOT NULL,
  etag varchar(128),
  bytes bigint,
  state varchar(24) NOT NULL,
  reason varchar(48),
  detail text,
  attempt integer NOT NULL DEFAULT 0,     -- the current attempt; 0 before the first
  discovered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (manifest_id, entry_index)
);
CREATE INDEX files_state_idx ON riffle.files (state);

-- One load of a file. Totals are frozen when closed_at is set, and then
--   lines   = header (1) + rows + rejected_rows
--   records = applied + older + duplicate + parked + rejected
CREATE TABLE riffle.file_attempts (
  file_id bigint NOT NULL REFERENCES riffle.files,
  attempt integer NOT NULL,
  cause varchar(24) NOT NULL DEFAULT 'LOAD',   -- LOAD, REDRIVE, REPLAY
  planned_at timestamptz,
  published_at timestamptz,                    -- barriers written: everything is on the raw topic
  closed_at timestamptz,
  splits integer,
  splits_done integer NOT NULL DEFAULT 0,
  lines bigint,
  rows bigint,                                 -- rows of accepted records, set when published
  rejected_rows bigint,
  records bigint,                              -- all records of the file, rejected ones included
  published_records bigint,                    -- records that went to the raw topic
  rejected_by_producer bigint,
  applied bigint NOT NULL DEFAULT 0,           -- applied .. rejected: set at close
  older bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  parked bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  problem text,                                -- why the attempt cannot be closed: counts that differ
  loaded_file_id bigint,                       -- ${tables}.loaded_files, for readers that ask "changed since"
  PRIMARY KEY (file_id, attempt)
);

-- Progress of each split, mirrored from the progress topic.
CREATE TABLE riffle.split_progress (
  file_id bigint NOT NULL,
  attempt integer NOT NULL,
  split integer NOT NULL,
  rows bigint NOT NULL,
  rejected_rows bigint NOT NULL,
  records bigint NOT NULL,
  rejected bigint NOT NULL,
  published bigint[] NOT NULL,
  PRIMARY KEY (file_id, attempt, split),
  FOREIGN KEY (file_id, attempt) REFERENCES riffle.file_attempts
);

-- An operator's wish to load a manifest whatever its age (riffle load s3://...).
CREATE TABLE riffle.load_requests (
  bucket varchar(255) NOT NULL,
  s3_key varchar(1024) NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (bucket, s3_key)
);

-- Which state may follow which.
CREATE TABLE riffle.file_state_moves (
  from_state varchar(24) NOT NULL,
  to_state varchar(24) NOT NULL,
  PRIMARY KEY (from_state, to_state)
);
INSERT INTO riffle.file_state_moves VALUES
  ('DISCOVERED', 'WAITING'), ('DISCOVERED', 'PLANNED'), ('DISCOVERED', 'REJECTED'), ('DISCOVERED', 'CONFLICT'),
  ('DISCOVERED', 'TOO_OLD'), ('DISCOVERED', 'FUTURE'), ('DISCOVERED', 'SKIPPED'),
  ('WAITING', 'DISCOVERED'), ('WAITING', 'PLANNED'), ('WAITING', 'REJECTED'), ('WAITING', 'CONFLICT'), ('WAITING', 'TOO_OLD'),
  ('WAITING', 'SKIPPED'), ('FUTURE', 'CONFLICT'),
  ('FUTURE', 'DISCOVERED'), ('FUTURE', 'SKIPPED'),
  ('TOO_OLD', 'DISCOVERED'), ('TOO_OLD', 'SKIPPED'),
  ('SKIPPED', 'DISCOVERED'), ('REJECTED', 'DISCOVERED'),
  ('PLANNED', 'LOADING'), ('PLANNED', 'REJECTED'), ('PLANNED', 'COMPLETED'), ('PLANNED', 'COMPLETED_WITH_REJECTS'),
  ('LOADING', 'COMPLETED'), ('LOADING', 'COMPLETED_WITH_REJECTS'), ('LOADING', 'REJECTED'),
  ('COMPLETED', 'DISCOVERED'), ('COMPLETED', 'PLANNED'),
  ('COMPLETED_WITH_REJECTS', 'DISCOVERED'), ('COMPLETED_WITH_REJECTS', 'PLANNED');

-- The one way to change the state of a file. Mirrors the change to the existing loader's tables, whose states are
-- DISCOVERED, STARTED, COMPLETED (and REJECTED for manifests). Returns false when the file is in that state already.
CREATE FUNCTION riffle.change_file_state(p_file bigint, p_state text, p_reason text DEFAULT NULL, p_detail text DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_file riffle.files%ROWTYPE;
BEGIN
  SELECT * INTO STRICT v_file FROM riffle.files WHERE file_id = p_file FOR UPDATE;
  IF v_file.state = p_state THEN
    UPDATE riffle.files SET reason = p_reason, detail = p_detail WHERE file_id = p_file
      AND (reason IS DISTINCT FROM p_reason OR detail IS DISTINCT FROM p_detail);
    RETURN false;
  END IF;
  IF NOT EXISTS (SELECT FROM riffle.file_state_moves WHERE from_state = v_file.state AND to_state = p_state) THEN
    RAISE EXCEPTION 'file % cannot go from % to %', p_file, v_file.state, p_state USING ERRCODE = 'check_violation';
  END IF;
  UPDATE riffle.files SET state = p_state, reason = p_reason, detail = p_detail, changed_at = now() WHERE file_id = p_file;
  UPDATE ${tables}.s3_data_files
     SET status = CASE WHEN p_state IN ('PLANNED', 'LOADING') THEN 'STARTED'
                       WHEN p_state LIKE 'COMPLETED%' THEN 'COMPLETED' ELSE 'DISCOVERED' END,
         status_timestamp = now()
   WHERE manifest_id = v_file.manifest_id AND index = v_file.entry_index;
  PERFORM riffle.mirror_manifest_state(v_file.manifest_id);
  RETURN true;
END $$;

-- The state of a manifest follows from the states of its files: the least advanced one that still moves, else the worst end.
CREATE FUNCTION riffle.mirror_manifest_state(p_manifest bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  -- Two files of a manifest may change at once: the row lock orders them, so that the last one sees both.
  PERFORM FROM riffle.manifests WHERE manifest_id = p_manifest FOR UPDATE;
  SELECT state INTO v_state FROM riffle.files WHERE manifest_id = p_manifest
   ORDER BY array_position(ARRAY['LOADING', 'PLANNED', 'WAITING', 'DISCOVERED', 'FUTURE', 'CONFLICT', 'REJECTED', 'TOO_OLD',
                                 'COMPLETED_WITH_REJECTS', 'COMPLETED', 'SKIPPED'], state::text) LIMIT 1;
  UPDATE riffle.manifests SET state = v_state, changed_at = now() WHERE manifest_id = p_manifest AND state <> v_state;
  UPDATE ${tables}.s3_manifest_files
     SET status = CASE WHEN v_state IN ('PLANNED', 'LOADING') THEN 'STARTED'
                       WHEN v_state IN ('COMPLETED', 'COMPLETED_WITH_REJECTS', 'SKIPPED') THEN 'COMPLETED'
                       WHEN v_state IN ('REJECTED', 'CONFLICT') THEN 'REJECTED' ELSE 'DISCOVERED' END,
         status_timestamp = now()
   WHERE manifest_id = p_manifest;
END $$;

-- ---------------------------------------------------------------- the sink

-- Where the sink stands: moved only together with the rows it wrote. "next" is the offset it expects next.
CREATE TABLE riffle.sink_offsets (
  connector varchar(255) NOT NULL,
  topic varchar(249) NOT NULL,
  partition integer NOT NULL,
  topic_id uuid NOT NULL,
  partitions integer NOT NULL,
  next bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (connector, topic, partition)
);

-- What the sink did with the merged records of an attempt. Only records at or after counted_to are counted, so that a
-- rewound connector counts nothing twice.
CREATE TABLE riffle.sink_totals (
  file_id bigint NOT NULL,
  attempt integer NOT NULL,
  topic varchar(249) NOT NULL,
  partition integer NOT NULL,
  counted_to bigint NOT NULL,
  applied bigint NOT NULL DEFAULT 0,
  older bigint NOT NULL DEFAULT 0,         -- refused by the guard: the row is newer
  rejected bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (file_id, attempt, topic, partition)
);

-- Barriers that the sink has seen: three for each partition of the raw topic (merged, parked, rejects).
CREATE TABLE riffle.barriers (
  file_id bigint NOT NULL,
  attempt integer NOT NULL,
  topic varchar(249) NOT NULL,
  partition integer NOT NULL,
  partitions integer NOT NULL,
  expected bigint NOT NULL,
  applied bigint NOT NULL,
  older bigint NOT NULL,
  duplicate bigint NOT NULL,
  parked bigint NOT NULL,
  rejected bigint NOT NULL,
  PRIMARY KEY (file_id, attempt, topic, partition)
);

-- Keys that are deleted, with the version of the delete: an older record must not bring them back.
CREATE TABLE riffle.deleted_keys (
  type varchar(48) NOT NULL,
  key bigint NOT NULL,
  generation integer NOT NULL,
  "offset" bigint NOT NULL,
  deleted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (type, key)
);

-- Fields that wait for a key or a line.
CREATE TABLE riffle.parked (
  type varchar(48) NOT NULL,
  key varchar(64) NOT NULL,
  whole boolean NOT NULL,                  -- the key itself does not exist
  lines integer[] NOT NULL,                -- absent lines that are waited for
  columns text[] NOT NULL,
  files bigint[] NOT NULL,                 -- files that sent the fields
  generation integer NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (type, key)
);

-- Bad records: where and why.
CREATE TABLE riffle.rejects (
  reject_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id bigint,
  attempt integer NOT NULL,
  type varchar(249) NOT NULL,
  stage varchar(16) NOT NULL,              -- PRODUCER, MERGE, SINK
  record bigint NOT NULL,
  line bigint NOT NULL,
  rows integer NOT NULL,
  at bigint NOT NULL,
  column_name text,
  reason varchar(48) NOT NULL,
  topic varchar(249) NOT NULL,             -- where the reject, or the rejected record, stands
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  status varchar(16) NOT NULL DEFAULT 'OPEN',
  rejected_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (topic, partition, "offset", stage)
);
CREATE INDEX rejects_file_idx ON riffle.rejects (file_id, attempt);

-- The record as it came: health data, apart so that its rights can be narrower.
CREATE TABLE riffle.rejects_raw (
  reject_id bigint PRIMARY KEY REFERENCES riffle.rejects ON DELETE CASCADE,
  raw bytea NOT NULL
);

-- Closes an attempt when the sink has seen all its barriers and every count agrees. Called in the transaction that stores a
-- barrier. The totals are frozen here; a barrier that comes again finds the attempt closed. Returns whether it closed now.
CREATE FUNCTION riffle.close_attempt(p_file bigint, p_attempt integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  a riffle.file_attempts%ROWTYPE;
  b record;
  s record;
  v_problem text;
BEGIN
  PERFORM FROM riffle.files WHERE file_id = p_file FOR UPDATE;
  SELECT * INTO a FROM riffle.file_attempts WHERE file_id = p_file AND attempt = p_attempt;
  IF NOT FOUND OR a.closed_at IS NOT NULL THEN
    RETURN false;
  END IF;
  SELECT count(*) AS seen, max(partitions) AS partitions,
         coalesce(sum(expected), 0)::bigint / 3 AS expected, coalesce(sum(applied), 0)::bigint / 3 AS applied,
         coalesce(sum(older), 0)::bigint / 3 AS older, coalesce(sum(duplicate), 0)::bigint / 3 AS duplicate,
         coalesce(sum(parked), 0)::bigint / 3 AS parked, coalesce(sum(rejected), 0)::bigint / 3 AS rejected
    INTO b FROM riffle.barriers WHERE file_id = p_file AND attempt = p_attempt;
  IF b.seen = 0 OR b.seen < 3 * b.partitions THEN
    RETURN false;
  END IF;
  SELECT coalesce(sum(applied), 0) AS applied, coalesce(sum(older), 0) AS older, coalesce(sum(rejected), 0) AS rejected
    INTO s FROM riffle.sink_totals WHERE file_id = p_file AND attempt = p_attempt;
  v_problem := CASE
    WHEN a.published_records IS DISTINCT FROM b.expected
      THEN format('published %s records, barriers expect %s', a.published_records, b.expected)
    WHEN b.expected <> b.applied + b.older + b.duplicate + b.parked + b.rejected
      THEN format('barriers expect %s records, %s were merged', b.expected,
                  b.applied + b.older + b.duplicate + b.parked + b.rejected)
    WHEN b.applied <> s.applied + s.older + s.rejected
      THEN format('%s records were emitted, %s reached the sink', b.applied, s.applied + s.older + s.rejected)
    WHEN a.lines <> 1 + a.rows + a.rejected_rows
      THEN format('%s lines in the file, %s read', a.lines, 1 + a.rows + a.rejected_rows)
    WHEN a.records <> a.published_records + a.rejected_by_producer
      THEN format('%s records in the file, %s read', a.records, a.published_records + a.rejected_by_producer)
  END;
  UPDATE riffle.file_attempts
     SET applied = s.applied, older = b.older + s.older, duplicate = b.duplicate, parked = b.parked,
         rejected = a.rejected_by_producer + b.rejected + s.rejected,
         problem = v_problem, closed_at = CASE WHEN v_problem IS NULL THEN now() END
   WHERE file_id = p_file AND attempt = p_attempt;
  IF v_problem IS NOT NULL THEN
    RETURN false;
  END IF;
  -- The state is that of the current attempt: an earlier one that closes late does not end it.
  PERFORM riffle.change_file_state(file_id,
    CASE WHEN a.rejected_by_producer + b.rejected + s.rejected = 0 THEN 'COMPLETED' ELSE 'COMPLETED_WITH_REJECTS' END)
    FROM riffle.files WHERE file_id = p_file AND attempt = p_attempt;
  UPDATE ${tables}.s3_data_files d SET last_record_number = a.records
    FROM riffle.files f WHERE f.file_id = p_file AND d.manifest_id = f.manifest_id AND d.index = f.entry_index;
  RETURN true;
END $$;
