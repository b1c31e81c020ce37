-- Generations of the set's raw and merged topics. docs/replay-generation.md tells it to operators. A change of generation is a replay of
-- mode GENERATION; rows change through the functions below only.

ALTER TABLE riffle.replays DROP CONSTRAINT replays_mode_check,
  ADD CONSTRAINT replays_mode_check CHECK (mode IN ('MERGE', 'REBUILD', 'REINGEST', 'GENERATION')),
  ADD COLUMN parent bigint REFERENCES riffle.replays;   -- the change of generation that a rebuild is part of
CREATE INDEX replays_parent_idx ON riffle.replays (parent) WHERE parent IS NOT NULL;

CREATE TABLE riffle.generations (
  generation integer PRIMARY KEY,          -- N of the topics' ".gN"; 0 has no ending
  state varchar(16) NOT NULL CHECK (state IN ('NEXT', 'CURRENT', 'FORMER', 'ABANDONED')),
  step varchar(16) NOT NULL CHECK (step IN ('HOLD', 'FILL', 'MERGE', 'TABLES', 'SWITCHED', 'DROPPED')),
  replay_id bigint UNIQUE REFERENCES riffle.replays,  -- the change that made it; none for 0
  since timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX generations_current_idx ON riffle.generations (state) WHERE state IN ('NEXT', 'CURRENT');
INSERT INTO riffle.generations VALUES (0, 'CURRENT', 'SWITCHED', NULL);

-- What a change of generation makes of each type.
CREATE TABLE riffle.generation_types (
  replay_id bigint NOT NULL REFERENCES riffle.replays ON DELETE CASCADE,
  type varchar(48) NOT NULL,
  partitions integer NOT NULL CHECK (partitions > 0),
  source varchar(16) CHECK (source IN ('RAW', 'MERGED')),  -- what its state is made of; known when the old topics were read
  PRIMARY KEY (replay_id, type)
);

-- Begins a change: from now on no file is planned. Again for the same replay it gives the same number.
CREATE FUNCTION riffle.begin_generation(p_replay bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_generation integer;
BEGIN
  LOCK TABLE riffle.generations IN SHARE ROW EXCLUSIVE MODE;
  SELECT generation INTO v_generation FROM riffle.generations WHERE replay_id = p_replay AND state = 'NEXT';
  IF FOUND THEN
    RETURN v_generation;
  END IF;
  PERFORM FROM riffle.generations WHERE state = 'NEXT' OR replay_id = p_replay;
  IF FOUND THEN
    RAISE EXCEPTION 'another change of generation is under way, or this one is over' USING ERRCODE = 'check_violation';
  END IF;
  -- A number is used once, whatever became of it: topics of its name may still be there.
  INSERT INTO riffle.generations (generation, state, step, replay_id)
    SELECT max(generation) + 1, 'NEXT', 'HOLD', p_replay FROM riffle.generations
    RETURNING generation INTO v_generation;
  RETURN v_generation;
END $$;

-- A step is behind a change; never back.
CREATE FUNCTION riffle.advance_generation(p_replay bigint, p_step text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE riffle.generations SET step = p_step
   WHERE replay_id = p_replay AND state = 'NEXT'
     AND array_position(ARRAY['HOLD', 'FILL', 'MERGE', 'TABLES'], step::text)
       <= array_position(ARRAY['HOLD', 'FILL', 'MERGE', 'TABLES'], p_step);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the change of generation of replay % is not at a step before %', p_replay, p_step USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- The set is at the next generation, all types at once.
CREATE FUNCTION riffle.switch_generation(p_replay bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_next integer;
BEGIN
  LOCK TABLE riffle.generations IN SHARE ROW EXCLUSIVE MODE;
  SELECT generation INTO v_next FROM riffle.generations WHERE replay_id = p_replay AND state = 'NEXT' AND step = 'TABLES';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the change of generation of replay % is not ready', p_replay USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM riffle.replays WHERE parent = p_replay AND state <> 'DONE') THEN
    RAISE EXCEPTION 'tables of replay % are not rebuilt', p_replay USING ERRCODE = 'check_violation';
  END IF;
  UPDATE riffle.generations SET state = 'FORMER', since = now() WHERE state = 'CURRENT';
  UPDATE riffle.generations SET state = 'CURRENT', step = 'SWITCHED', since = now() WHERE generation = v_next;
  DELETE FROM riffle.parked WHERE generation < v_next;
END $$;

-- Gives a change up and lets files be planned again; not when tables were exchanged already. Before anything was made its number is free
-- again. Returns false when there was nothing to give up.
CREATE FUNCTION riffle.abandon_generation(p_replay bigint, p_detail text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v riffle.generations%ROWTYPE;
  v_child bigint;
BEGIN
  SELECT * INTO v FROM riffle.generations WHERE replay_id = p_replay AND state IN ('NEXT', 'CURRENT') FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM FROM riffle.replays WHERE parent = p_replay FOR UPDATE;
  IF v.state = 'CURRENT' OR EXISTS (SELECT FROM riffle.replays WHERE parent = p_replay AND state = 'DONE') THEN
    RAISE EXCEPTION 'tables have been exchanged already: replay % can only be run to its end', p_replay USING ERRCODE = 'check_violation';
  END IF;
  FOR v_child IN SELECT replay_id FROM riffle.replays WHERE parent = p_replay AND state IN ('PLANNED', 'RUNNING', 'FAILED') LOOP
    PERFORM riffle.change_replay_state(v_child, 'CANCELLED', p_detail);
  END LOOP;
  IF v.step = 'HOLD' THEN
    DELETE FROM riffle.generations WHERE generation = v.generation;
  ELSE
    UPDATE riffle.generations SET state = 'ABANDONED', since = now() WHERE generation = v.generation;
    DELETE FROM riffle.sink_offsets WHERE topic ~ ('\.g' || v.generation || '$');
  END IF;
  RETURN true;
END $$;

-- As before (V14), and: generations.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects, riffle.replays, riffle.replay_ranges,'
    ' riffle.generations, riffle.generation_types TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
