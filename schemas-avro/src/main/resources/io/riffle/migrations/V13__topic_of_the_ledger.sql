-- From which progress topic the ledger is written, by the topic's id. Of a topic that knows files which the ledger does not,
-- it tells whether the ledger was restored from a backup (the same topic: the files are found again) or belongs to another
-- one (rif-producer ends and says so).
CREATE TABLE riffle.progress_topics (
  topic varchar(249) PRIMARY KEY,
  topic_id uuid NOT NULL,
  known_since timestamptz NOT NULL DEFAULT now()
);
