-- Rejects: one format, what becomes of each, redrives, and who may read what. docs/rejects.md tells it to operators.

-- ---------------------------------------------------------------- one format

ALTER TABLE riffle.rejects
  ADD COLUMN sql_state varchar(5),                    -- the database's own word, when it refused the record
  ADD COLUMN raw_bytes bigint,                        -- length of the record as it came; null: not known
  ADD COLUMN raw_kept integer NOT NULL DEFAULT 0,     -- bytes of it in rejects_raw; fewer than raw_bytes: cut or purged
  ADD COLUMN status_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN status_by varchar(128),                  -- the person behind the status; null: Riffle itself
  ADD COLUMN status_note text,                        -- why it was discarded, or why its redrive was refused
  ADD COLUMN redrive_id bigint,                       -- the newest request to redrive it
  ADD COLUMN settled_attempt integer;                 -- the attempt by which it is REDRIVEN or SUPERSEDED

UPDATE riffle.rejects r
   SET raw_kept = least(octet_length(w.raw), 1048576), status_at = r.rejected_at,
       raw_bytes = CASE WHEN r.stage = 'SINK' OR octet_length(w.raw) < 1048576 THEN octet_length(w.raw) END
  FROM riffle.rejects_raw w WHERE w.reject_id = r.reject_id;
UPDATE riffle.rejects_raw SET raw = substring(raw FOR 1048576) WHERE octet_length(raw) > 1048576;

-- Until now the sink gave an SQLSTATE as the reason.
UPDATE riffle.rejects
   SET sql_state = reason,
       reason = CASE reason WHEN '23502' THEN 'NOT_NULL_VIOLATION' WHEN '23503' THEN 'FOREIGN_KEY_VIOLATION'
                            WHEN '23505' THEN 'UNIQUE_VIOLATION' WHEN '23514' THEN 'CHECK_VIOLATION'
                ELSE CASE left(reason, 2) WHEN '22' THEN 'DATA_EXCEPTION' WHEN '23' THEN 'INTEGRITY_VIOLATION'
                                          ELSE 'REFUSED_BY_DATABASE' END END
 WHERE stage = 'SINK' AND reason ~ '^[0-9A-Z]{5}$';

CREATE INDEX rejects_cause_idx ON riffle.rejects (status, reason, type, rejected_at);
CREATE INDEX rejects_redrive_idx ON riffle.rejects (redrive_id) WHERE redrive_id IS NOT NULL;

-- ---------------------------------------------------------------- status

-- Which status may follow which: OPEN, REDRIVING, REDRIVEN, SUPERSEDED, DISCARDED.
CREATE TABLE riffle.reject_status_moves (
  from_status varchar(16) NOT NULL,
  to_status varchar(16) NOT NULL,
  PRIMARY KEY (from_status, to_status)
);
INSERT INTO riffle.reject_status_moves VALUES
  ('OPEN', 'REDRIVING'), ('OPEN', 'DISCARDED'), ('OPEN', 'SUPERSEDED'),
  ('REDRIVING', 'OPEN'), ('REDRIVING', 'REDRIVEN'), ('REDRIVING', 'SUPERSEDED');

CREATE FUNCTION riffle.check_reject_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM riffle.reject_status_moves WHERE from_status = OLD.status AND to_status = NEW.status) THEN
    RAISE EXCEPTION 'reject % cannot go from % to %', OLD.reject_id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  NEW.status_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER check_reject_status BEFORE UPDATE OF status ON riffle.rejects
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION riffle.check_reject_status();

-- An operator's wish to have rejected records of a file read and delivered again. The scanner takes it up when the file is
-- loaded, as an attempt of the file with cause REDRIVE.
CREATE TABLE riffle.redrives (
  redrive_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file_id bigint NOT NULL REFERENCES riffle.files,
  status varchar(16) NOT NULL DEFAULT 'REQUESTED',    -- REQUESTED, PLANNED, DONE, REFUSED
  attempt integer,                                    -- from PLANNED on
  detail text,                                        -- why it was refused; never a value
  requested_by varchar(128) NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX redrives_requested_idx ON riffle.redrives (redrive_id) WHERE status = 'REQUESTED';
CREATE INDEX redrives_file_idx ON riffle.redrives (file_id, attempt);

-- Requests the redrive of rejects, one request for each file. One row for each number asked for: its request, or why not.
-- Files are locked first and by number, as the sink does.
CREATE FUNCTION riffle.redrive_rejects(p_rejects bigint[], p_by text)
RETURNS TABLE (reject bigint, redrive bigint, refusal text) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM riffle.files f WHERE f.file_id IN (SELECT r.file_id FROM riffle.rejects r WHERE r.reject_id = ANY (p_rejects))
    ORDER BY f.file_id FOR UPDATE;
  RETURN QUERY
  WITH judged AS (
    SELECT a.id, r.file_id, CASE
        WHEN r.reject_id IS NULL THEN 'there is no such reject'
        WHEN r.status <> 'OPEN' THEN 'it is ' || r.status
        WHEN r.file_id IS NULL OR r.record = 0 THEN 'the record of a file that it came from is not known'
        WHEN f.file_id IS NULL THEN 'its file is not in the ledger'
        WHEN f.state NOT IN ('COMPLETED', 'COMPLETED_WITH_REJECTS', 'PLANNED', 'LOADING') THEN 'its file is ' || f.state
      END AS why
      FROM (SELECT DISTINCT unnest(p_rejects) AS id) a
      LEFT JOIN riffle.rejects r ON r.reject_id = a.id LEFT JOIN riffle.files f ON f.file_id = r.file_id),
  requests AS (
    INSERT INTO riffle.redrives AS q (file_id, requested_by)
    SELECT DISTINCT j.file_id, p_by FROM judged j WHERE j.why IS NULL ORDER BY 1 RETURNING q.redrive_id, q.file_id),
  taken AS (
    UPDATE riffle.rejects r SET status = 'REDRIVING', status_by = p_by, status_note = NULL, redrive_id = q.redrive_id
      FROM judged j JOIN requests q ON q.file_id = j.file_id WHERE r.reject_id = j.id AND j.why IS NULL RETURNING r.reject_id)
  SELECT j.id, q.redrive_id, j.why FROM judged j LEFT JOIN requests q ON q.file_id = j.file_id AND j.why IS NULL ORDER BY j.id;
END $$;

-- Gives rejects up for good. They stay, with who and why; p_purge deletes the record as it came. One row for each number
-- asked for: null, or why not.
CREATE FUNCTION riffle.discard_rejects(p_rejects bigint[], p_by text, p_note text, p_purge boolean)
RETURNS TABLE (reject bigint, refusal text) LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(trim(p_note), '') = '' THEN
    RAISE EXCEPTION 'a reject is discarded for a reason' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM FROM riffle.files f WHERE f.file_id IN (SELECT r.file_id FROM riffle.rejects r WHERE r.reject_id = ANY (p_rejects))
    ORDER BY f.file_id FOR UPDATE;
  RETURN QUERY
  WITH judged AS (
    SELECT a.id, CASE WHEN r.reject_id IS NULL THEN 'there is no such reject'
                      WHEN r.status <> 'OPEN' THEN 'it is ' || r.status END AS why
      FROM (SELECT DISTINCT unnest(p_rejects) AS id) a LEFT JOIN riffle.rejects r ON r.reject_id = a.id),
  discarded AS (
    UPDATE riffle.rejects r SET status = 'DISCARDED', status_by = p_by, status_note = p_note,
           raw_kept = CASE WHEN p_purge THEN 0 ELSE raw_kept END
      FROM judged j WHERE r.reject_id = j.id AND j.why IS NULL RETURNING r.reject_id),
  purged AS (
    DELETE FROM riffle.rejects_raw w USING discarded d WHERE p_purge AND w.reject_id = d.reject_id)
  SELECT j.id, j.why FROM judged j ORDER BY j.id;
END $$;

-- Ends a redrive that cannot be done, planned or not: its rejects are OPEN again, its file is what it was. Returns whether it
-- was still to be done.
CREATE FUNCTION riffle.refuse_redrive(p_redrive bigint, p_detail text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_redrive riffle.redrives%ROWTYPE;
BEGIN
  PERFORM FROM riffle.files f JOIN riffle.redrives USING (file_id) WHERE redrive_id = p_redrive FOR UPDATE OF f;
  SELECT * INTO v_redrive FROM riffle.redrives WHERE redrive_id = p_redrive AND status IN ('REQUESTED', 'PLANNED') FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE riffle.redrives SET status = 'REFUSED', detail = p_detail, changed_at = now() WHERE redrive_id = p_redrive;
  UPDATE riffle.rejects SET status = 'OPEN', status_by = NULL, status_note = p_detail
   WHERE redrive_id = p_redrive AND status = 'REDRIVING';
  PERFORM riffle.change_file_state(file_id, 'COMPLETED_WITH_REJECTS') FROM riffle.files
    WHERE file_id = v_redrive.file_id AND attempt = v_redrive.attempt AND state IN ('PLANNED', 'LOADING');
  RETURN true;
END $$;

-- What the end of an attempt means for the rejects of those before it. A redrive settles its own: REDRIVEN, or SUPERSEDED by
-- the new reject of the same record. A load settles all: the whole file was read again.
CREATE FUNCTION riffle.settle_rejects(p_file bigint, p_attempt integer, p_cause text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_cause <> 'REDRIVE' THEN
    UPDATE riffle.rejects SET status = 'SUPERSEDED', status_by = NULL, settled_attempt = p_attempt
     WHERE file_id = p_file AND attempt < p_attempt AND status IN ('OPEN', 'REDRIVING');
    RETURN;
  END IF;
  UPDATE riffle.rejects r
     SET settled_attempt = p_attempt,
         status = CASE WHEN EXISTS (SELECT FROM riffle.rejects again WHERE again.file_id = p_file
                                       AND again.attempt = p_attempt AND again.record = r.record)
                       THEN 'SUPERSEDED' ELSE 'REDRIVEN' END
    FROM riffle.redrives q
   WHERE q.file_id = p_file AND q.attempt = p_attempt AND r.redrive_id = q.redrive_id AND r.status = 'REDRIVING';
  UPDATE riffle.redrives SET status = 'DONE', changed_at = now() WHERE file_id = p_file AND attempt = p_attempt;
END $$;

-- Closes an attempt when the sink has seen all its barriers and every count agrees. Called in the transaction that stores a
-- barrier. The totals are frozen here; a barrier that comes again finds the attempt closed. Returns whether it closed now.
-- As before (V1), and: a redrive counts its own records only, so the state that it leaves follows from the rejects of the file.
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

-- ---------------------------------------------------------------- rights

-- The two tables with values from data files, and the keys of deleted records.
REVOKE ALL ON riffle.rejects_raw, riffle.parked, riffle.deleted_keys FROM PUBLIC;

-- Lets a role see what Riffle knows of files, attempts and rejects; with p_raw also the rejected records as they came, which
-- are health data. The one place that knows which tables are which. For the owner of the tables.
CREATE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION riffle.grant_view(text, boolean) FROM PUBLIC;
