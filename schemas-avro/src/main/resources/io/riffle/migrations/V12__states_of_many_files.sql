-- A manifest may have 10,000 files, which wait, or are set aside, all at once.

-- Files are found here by their place; the primary key, (manifest_id, file_name), reads the whole manifest for each.
CREATE INDEX s3_data_files_entry_idx ON ${tables}.s3_data_files (manifest_id, index);

-- change_file_state for many files: each manifest's state is told once, not once for each file. Files that may not go there,
-- because somebody was faster, stay as they are. One detail is that of all files, else each file has its own. Returns how
-- many have changed their state. Plans are made for each call: one that was made for a few files is none for 10,000.
CREATE FUNCTION riffle.change_file_states(p_files bigint[], p_state text, p_reason text, p_details text[])
RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_changed bigint;
  v_manifests bigint[];
BEGIN
  PERFORM FROM riffle.files WHERE file_id = ANY (p_files) ORDER BY file_id FOR UPDATE;
  UPDATE riffle.files f SET reason = p_reason, detail = w.detail
    FROM (SELECT id, p_details[CASE WHEN cardinality(p_details) = 1 THEN 1 ELSE n END] AS detail
            FROM unnest(p_files) WITH ORDINALITY AS u (id, n)) w
   WHERE f.file_id = w.id AND f.state = p_state
     AND (f.reason IS DISTINCT FROM p_reason OR f.detail IS DISTINCT FROM w.detail);
  WITH changed AS (
    UPDATE riffle.files f SET state = p_state, reason = p_reason, detail = w.detail, changed_at = now()
      FROM (SELECT id, p_details[CASE WHEN cardinality(p_details) = 1 THEN 1 ELSE n END] AS detail
              FROM unnest(p_files) WITH ORDINALITY AS u (id, n)) w
     WHERE f.file_id = w.id
       AND EXISTS (SELECT FROM riffle.file_state_moves WHERE from_state = f.state AND to_state = p_state)
    RETURNING f.manifest_id, f.entry_index),
  mirrored AS (
    UPDATE ${tables}.s3_data_files d
       SET status = CASE WHEN p_state IN ('PLANNED', 'LOADING') THEN 'STARTED'
                         WHEN p_state LIKE 'COMPLETED%' THEN 'COMPLETED' ELSE 'DISCOVERED' END,
           status_timestamp = now()
      FROM changed c WHERE d.manifest_id = c.manifest_id AND d.index = c.entry_index)
  SELECT count(*), array_agg(DISTINCT manifest_id) INTO v_changed, v_manifests FROM changed;
  PERFORM riffle.mirror_manifest_state(manifest) FROM unnest(v_manifests) AS manifest;
  RETURN v_changed;
END $$;
