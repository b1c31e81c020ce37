-- Objects under a watched prefix that no manifest lists, some time after they came. The scanner keeps the rows: one is there
-- for as long as its object is, and no manifest lists it. docs/contracts.md has the rule. No column holds a value from a file.
CREATE TABLE riffle.unlisted_objects (
  bucket varchar(255) NOT NULL,
  s3_key text NOT NULL,                   -- a name from outside: it may hold any character
  folder text NOT NULL,                   -- up to the first slash behind the prefix; the prefix for objects in no folder
  bytes bigint NOT NULL,
  last_modified timestamptz NOT NULL,     -- by the clock of S3
  noticed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (bucket, s3_key)
);
CREATE INDEX unlisted_objects_folder_idx ON riffle.unlisted_objects (bucket, folder);

-- Lets a role see what Riffle knows of files, attempts and rejects; with p_raw also the rejected records as they came, which
-- are health data. The one place that knows which tables are which. For the owner of the tables.
-- As before (V7), and the new table.
CREATE OR REPLACE FUNCTION riffle.grant_view(p_role text, p_raw boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA riffle TO %I', p_role);
  EXECUTE format('GRANT SELECT ON riffle.manifests, riffle.data_sets, riffle.files, riffle.file_attempts,'
    ' riffle.split_progress, riffle.load_requests, riffle.sink_offsets, riffle.sink_totals, riffle.barriers,'
    ' riffle.rejects, riffle.redrives, riffle.unlisted_objects TO %I', p_role);
  IF p_raw THEN
    EXECUTE format('GRANT SELECT ON riffle.rejects_raw TO %I', p_role);
  END IF;
END $$;
