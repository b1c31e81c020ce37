-- The swap of a rebuild is no state: it lasts some ten milliseconds, and what a run does or waits for stands in riffle.replays.detail.
-- A replay that FAILED may be dropped as it is; it cannot be run any more then.

DELETE FROM riffle.replay_state_moves WHERE 'SWAPPING' IN (from_state, to_state);

DROP INDEX riffle.replays_running_idx;
-- One at a time for each topic. A run that was killed keeps its place: it is run again or cancelled.
CREATE UNIQUE INDEX replays_running_idx ON riffle.replays (topic) WHERE state = 'RUNNING' AND mode <> 'REINGEST';

-- As before (V14), without SWAPPING.
CREATE OR REPLACE FUNCTION riffle.change_replay_state(p_replay bigint, p_state text, p_detail text DEFAULT NULL)
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
         beat_at = CASE WHEN p_state = 'RUNNING' THEN v_now ELSE beat_at END,
         ended_at = CASE WHEN p_state IN ('DONE', 'FAILED', 'CANCELLED') THEN v_now END
   WHERE replay_id = p_replay;
  RETURN v_replay.state <> p_state;
END $$;

-- As before (V14), and: not while it is to be run, or runs, or a change of generation needs it.
CREATE OR REPLACE FUNCTION riffle.drop_replay(p_replay bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  SELECT state INTO STRICT v_state FROM riffle.replays WHERE replay_id = p_replay FOR UPDATE;
  IF v_state NOT IN ('DONE', 'FAILED', 'CANCELLED') THEN
    RAISE EXCEPTION 'replay % is %', p_replay, v_state USING ERRCODE = 'check_violation';
  END IF;
  -- Nothing could end the change then, and no file would be loaded any more.
  IF EXISTS (SELECT FROM riffle.generations g JOIN riffle.replays r ON g.replay_id IN (r.replay_id, r.parent)
              WHERE r.replay_id = p_replay AND g.state = 'NEXT') THEN
    RAISE EXCEPTION 'replay % is part of a change of generation that is under way: run that again, or cancel it', p_replay
      USING ERRCODE = 'check_violation';
  END IF;
  DELETE FROM riffle.replay_keys WHERE replay_id = p_replay;
  UPDATE riffle.replays SET dropped_at = coalesce(dropped_at, now()) WHERE replay_id = p_replay;
END $$;
