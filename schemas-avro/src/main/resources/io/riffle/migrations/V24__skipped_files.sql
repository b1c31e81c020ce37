-- Operators skip files and take them up again, through skip_files and retry_files. Neither is for a file of which anything was
-- ever published: what became of its records would have no place in the ledger then.

-- CONFLICT has no other way out, and REJECTED one more.
INSERT INTO riffle.file_state_moves VALUES ('REJECTED', 'SKIPPED'), ('CONFLICT', 'SKIPPED');

-- Its plan may be on the way to the topics: set before it is sent, taken back when the ledger knows of the plan or that there
-- is none. Whoever skips a file asks for this, whoever plans one asks for its state; the row's lock orders the two.
ALTER TABLE riffle.files ADD COLUMN planning boolean NOT NULL DEFAULT false;
CREATE INDEX files_planning_idx ON riffle.files (file_id) WHERE planning;

-- The object is another one than was recorded. The state cannot tell: it follows from the files.
ALTER TABLE riffle.manifests ADD COLUMN object_changed boolean NOT NULL DEFAULT false;
UPDATE riffle.manifests SET object_changed = true WHERE detail LIKE '%: the object was changed after it was recorded';

-- Nor is a version taken by a manifest all of whose files are skipped: no record has it.
DROP INDEX riffle.manifests_version_idx;
CREATE UNIQUE INDEX manifests_version_idx ON riffle.manifests (instant_nanos, feed, sequence_id)
  WHERE state NOT IN ('CONFLICT', 'REJECTED', 'SKIPPED');

-- Operators at a command line are noted, too.
ALTER TABLE riffle.activity DROP CONSTRAINT activity_via_check,
  ADD CONSTRAINT activity_via_check CHECK (via IN ('PAGE', 'API', 'COMMAND'));

-- Whether records of a file may be on topics, of a load or a redrive, over or under way.
CREATE FUNCTION riffle.is_published(p_file riffle.files) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT p_file.attempt > 0 OR p_file.planning OR EXISTS (SELECT FROM riffle.file_attempts a WHERE a.file_id = p_file.file_id)
$$;

-- Why a file is not to be skipped; null: it may be.
CREATE FUNCTION riffle.skip_refusal(p_file riffle.files) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN p_file.state = 'SKIPPED' THEN 'it is SKIPPED already'
    WHEN p_file.state = 'COMPLETED' THEN 'it is COMPLETED: its records are in the tables; a replay of the file delivers them again'
    WHEN p_file.state = 'COMPLETED_WITH_REJECTS'
      THEN 'it is COMPLETED_WITH_REJECTS: its records are in the tables; redrive or discard its rejects'
    WHEN p_file.state IN ('PLANNED', 'LOADING')
      THEN 'it is ' || p_file.state || ': its records are on their way to the tables; wait for its end'
    WHEN p_file.planning THEN 'it is being planned at this moment: look again'
    WHEN riffle.is_published(p_file) THEN 'it is ' || p_file.state || ', and was loaded before: a replay of the file reads it again'
  END
$$;

-- Why a file is not to be taken up again; null: it may be.
CREATE FUNCTION riffle.retry_refusal(p_file riffle.files, p_types text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN p_file.state IN ('COMPLETED', 'COMPLETED_WITH_REJECTS')
      THEN 'it is ' || p_file.state || ': a replay of the file, with reingest, reads it again'
    WHEN p_file.state IN ('PLANNED', 'LOADING') THEN 'it is ' || p_file.state || ' already'
    WHEN p_file.state = 'TOO_OLD' THEN 'it is TOO_OLD: riffle load s3://... takes a set whatever its age'
    WHEN p_file.state = 'CONFLICT' OR m.object_changed THEN 'its manifest is not the one that was recorded: a new one is needed'
    WHEN p_file.state NOT IN ('SKIPPED', 'REJECTED') THEN 'it is ' || p_file.state || ': it is looked at by itself'
    WHEN riffle.is_published(p_file)
      THEN 'it is ' || p_file.state || ', and records of it may be on topics: a replay of the file, with reingest, reads it again'
    WHEN p_file.type <> ALL (p_types) THEN 'there is no layout for ' || p_file.type
  END
  FROM riffle.manifests m WHERE m.manifest_id = p_file.manifest_id
$$;

-- Brings files of one manifest to a state. False, and nothing done, where the manifest would have the version of another one.
CREATE FUNCTION riffle.try_file_states(p_files bigint[], p_state text, p_reason text, p_detail text)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM riffle.change_file_states(p_files, p_state, p_reason, ARRAY[p_detail]);
  RETURN true;
EXCEPTION WHEN unique_violation THEN
  RETURN false;
END $$;

-- Skips files, for a reason in an operator's words: never a value of a record. One row for each number asked for that there is:
-- the state that the file had, and why it was not skipped, if it was not. With the rights of whoever calls it.
CREATE FUNCTION riffle.skip_files(p_files bigint[], p_reason text)
RETURNS TABLE (file bigint, was text, refusal text) LANGUAGE plpgsql AS $$
DECLARE
  v_set record;
  v_done boolean;
BEGIN
  IF p_reason IS NULL OR btrim(p_reason) = '' OR length(p_reason) > 500 THEN
    RAISE EXCEPTION 'a reason has 1 to 500 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM FROM riffle.files f WHERE f.file_id = ANY (p_files) ORDER BY f.file_id FOR UPDATE;
  FOR v_set IN
    SELECT array_agg(f.file_id) AS ids, array_agg(f.state::text) AS states, array_agg(riffle.skip_refusal(f)) AS refusals,
           array_agg(f.file_id) FILTER (WHERE riffle.skip_refusal(f) IS NULL) AS wanted
      FROM riffle.files f WHERE f.file_id = ANY (p_files) GROUP BY f.manifest_id ORDER BY f.manifest_id
  LOOP
    v_done := v_set.wanted IS NULL OR riffle.try_file_states(v_set.wanted, 'SKIPPED', 'BY_OPERATOR', p_reason);
    RETURN QUERY SELECT id, state, coalesce(why, CASE WHEN NOT v_done THEN 'another manifest has the version of its manifest' END)
                   FROM unnest(v_set.ids, v_set.states, v_set.refusals) AS u (id, state, why);
  END LOOP;
END $$;

-- Takes files up again that are SKIPPED or REJECTED. Of a synthetic set of which nothing was ever published, the ids are held
-- against the tables anew: these are others by now. p_types: those that there are layouts for. Rows as of skip_files.
CREATE FUNCTION riffle.retry_files(p_files bigint[], p_types text[])
RETURNS TABLE (file bigint, was text, refusal text) LANGUAGE plpgsql AS $$
DECLARE
  v_set record;
  v_done boolean;
BEGIN
  PERFORM FROM riffle.files f WHERE f.file_id = ANY (p_files) ORDER BY f.file_id FOR UPDATE;
  FOR v_set IN
    SELECT f.manifest_id, array_agg(f.file_id) AS ids, array_agg(f.state::text) AS states,
           array_agg(riffle.retry_refusal(f, p_types)) AS refusals,
           array_agg(f.file_id) FILTER (WHERE riffle.retry_refusal(f, p_types) IS NULL) AS wanted
      FROM riffle.files f WHERE f.file_id = ANY (p_files) GROUP BY f.manifest_id ORDER BY f.manifest_id
  LOOP
    v_done := v_set.wanted IS NULL OR riffle.try_file_states(v_set.wanted, 'DISCOVERED', NULL, NULL);
    IF v_done AND v_set.wanted IS NOT NULL THEN
      UPDATE riffle.manifests SET reason = NULL, detail = NULL WHERE manifest_id = v_set.manifest_id;
      UPDATE riffle.synthetic_sets s SET outcome = NULL, checked_at = NULL
       WHERE s.manifest_id = v_set.manifest_id
         AND NOT EXISTS (SELECT FROM riffle.files f WHERE f.manifest_id = v_set.manifest_id AND riffle.is_published(f));
    END IF;
    RETURN QUERY SELECT id, state, coalesce(why, CASE WHEN NOT v_done THEN 'another manifest has the version of its manifest' END)
                   FROM unnest(v_set.ids, v_set.states, v_set.refusals) AS u (id, state, why);
  END LOOP;
END $$;
