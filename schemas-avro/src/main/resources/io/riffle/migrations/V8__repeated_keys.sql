-- How many records of an attempt have a key that another record of the file has, too. They are among applied, older, duplicate
-- and parked as well, so no sum has them.
ALTER TABLE riffle.barriers ADD COLUMN repeated_keys bigint NOT NULL DEFAULT 0;
ALTER TABLE riffle.file_attempts ADD COLUMN repeated_keys bigint NOT NULL DEFAULT 0;    -- set at close

-- As before (V7), and: takes the repeated keys over.
CREATE OR REPLACE FUNCTION riffle.close_attempt(p_file bigint, p_attempt integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  a riffle.file_attempts%ROWTYPE;
  b record;
  s record;
  v_problem text;
  v_clean boolean;
BEGIN
  PERFORM FROM riffle.files WHERE file_id = p_file FOR UPDATE;
  SELECT * INTO a FROM riffle.file_attempts WHERE file_id = p_file AND attempt = p_attempt;
  IF NOT FOUND OR a.closed_at IS NOT NULL THEN
    RETURN false;
  END IF;
  SELECT count(*) AS seen, max(partitions) AS partitions,
         coalesce(sum(expected), 0)::bigint / 3 AS expected, coalesce(sum(applied), 0)::bigint / 3 AS applied,
         coalesce(sum(older), 0)::bigint / 3 AS older, coalesce(sum(duplicate), 0)::bigint / 3 AS duplicate,
         coalesce(sum(parked), 0)::bigint / 3 AS parked, coalesce(sum(rejected), 0)::bigint / 3 AS rejected,
         coalesce(sum(repeated_keys), 0)::bigint / 3 AS repeated_keys
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
         rejected = a.rejected_by_producer + b.rejected + s.rejected, repeated_keys = b.repeated_keys,
         problem = v_problem, closed_at = CASE WHEN v_problem IS NULL THEN now() END
   WHERE file_id = p_file AND attempt = p_attempt;
  IF v_problem IS NOT NULL THEN
    RETURN false;
  END IF;
  PERFORM riffle.settle_rejects(p_file, p_attempt, a.cause);
  v_clean := a.rejected_by_producer + b.rejected + s.rejected = 0;
  IF a.cause = 'REDRIVE' THEN
    v_clean := v_clean AND NOT EXISTS (
      SELECT FROM riffle.rejects WHERE file_id = p_file AND status IN ('OPEN', 'REDRIVING', 'DISCARDED')
         AND attempt >= (SELECT coalesce(max(attempt), 0) FROM riffle.file_attempts
                          WHERE file_id = p_file AND attempt < p_attempt AND cause <> 'REDRIVE'));
  END IF;
  -- The state is that of the current attempt: an earlier one that closes late does not end it.
  PERFORM riffle.change_file_state(file_id, CASE WHEN v_clean THEN 'COMPLETED' ELSE 'COMPLETED_WITH_REJECTS' END)
    FROM riffle.files WHERE file_id = p_file AND attempt = p_attempt;
  IF a.cause <> 'REDRIVE' THEN
    UPDATE ${tables}.s3_data_files d SET last_record_number = a.records
      FROM riffle.files f WHERE f.file_id = p_file AND d.manifest_id = f.manifest_id AND d.index = f.entry_index;
  END IF;
  RETURN true;
END $$;
