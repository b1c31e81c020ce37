package io.riffle.console;

import io.riffle.testing.TestPostgres;

/**
 * Rows as Riffle's programs would write them: a data set, rejects, a replay, a captured database.
 */
final class LedgerRows {
  /** A value of a record: where it shows up without being asked for, something is wrong. */
  static final String VALUE = "Zanzibar-7781";

  static final String MANIFEST = "Incoming/2026-11-20T10:00:00Z/1_manifest.xml";
  static final String LOADED = "Incoming/2026-11-20T10:00:00Z/carrier.csv";
  static final String LOADING = "Incoming/2026-11-20T10:00:00Z/pde.csv";
  static final String LATE = "Incoming/2026-11-20T10:00:00Z/late.csv";

  private LedgerRows() {}

  static void insert(TestPostgres postgres) {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, '%1$s', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'Incoming/2026-11-20T10:00:00Z/', 1, 0, 1, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at) VALUES
          (1, 0, 'carrier.csv', 'CARRIER', false, '%2$s', 'COMPLETED_WITH_REJECTS', 1, now(), now()),
          (1, 1, 'pde.csv', 'PDE', true, '%3$s', 'LOADING', 1, now(), now()),
          (1, 2, 'late.csv', 'SNF', false, 'Incoming/2026-11-20T10:00:00Z/late.csv', 'TOO_OLD', 0, now(), now());
        UPDATE riffle.files SET reason = 'OLDER_THAN_NEWEST' WHERE state = 'TOO_OLD';
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, closed_at, lines, records, applied, rejected)
          VALUES (1, 1, now() - interval '50 s', now(), 1001, 1000, 996, 4),
                 (2, 1, now() - interval '20 s', NULL, 8001, 8000, 0, 0);
        INSERT INTO riffle.sink_totals (file_id, attempt, topic, partition, counted_to, applied) VALUES (2, 1, 'main.merged.pde', 0, 2000, 2000);
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, column_name, reason,
            sql_state, topic, partition, "offset", raw_bytes, raw_kept) VALUES
          (1, 1, 'CARRIER', 'PRODUCER', 3, 4, 1, 4, 'LINE_1ST_EXPNS_DT', 'NOT_A_DATE', NULL, 't', 0, 1, 13, 13),
          (1, 1, 'CARRIER', 'PRODUCER', 5, 6, 1, 6, 'CLM_FROM_DT', 'NOT_A_DATE', NULL, 't', 0, 2, 13, 13),
          (1, 1, 'CARRIER', 'PRODUCER', 7, 8, 1, 8, '<img src=x onerror=alert(1)>', 'NOT_A_NUMBER', NULL, 't', 0, 3, 13, 13),
          (1, 1, 'CARRIER', 'SINK', 9, 10, 1, 10, NULL, 'CHECK_VIOLATION', '23514', 'm', 0, 4, 13, 13);
        INSERT INTO riffle.rejects_raw SELECT reject_id, '%4$s'::bytea FROM riffle.rejects;
        INSERT INTO riffle.unlisted_objects VALUES
          ('b', 'Incoming/stray "x" <b>.csv', 'Incoming/', 7000, now() - interval '3 h', now());
        INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned)
          VALUES ('MERGE', 'table ccw.carrier_claims', 'CARRIER', 'main.merged.carrier', 'somebody', 1200);
        INSERT INTO riffle.replay_ranges VALUES
          (1, 'main.merged.carrier', gen_random_uuid(), 2, 0, 0, 700, 0),
          (1, 'main.merged.carrier', gen_random_uuid(), 2, 1, 0, 500, 0);
        INSERT INTO riffle.cdc_sources (source, url, username, secret, tables, chunk_rows, reload_seconds, new_epoch,
            state, epoch, system_identifier, timeline, slot_lsn, added_by)
          VALUES ('qvp', 'jdbc:postgresql://h/qvp', 'u', 'file:qvp', '{public.requests}', 1000, 3600, false,
            'STREAMING', 1, 's', 1, 5, 'somebody');
        INSERT INTO riffle.cdc_tables VALUES ('qvp', 'public', 'requests', '{id}');
        INSERT INTO riffle.cdc_snapshots (source, schema_name, table_name, kind, state, epoch, requested_by, started_at,
            rows_expected, rows_done) VALUES ('qvp', 'public', 'requests', 'SNAPSHOT', 'RUNNING', 1, 'somebody', now(), 10000, 2500);
        INSERT INTO riffle.cdc_slots VALUES
          ('qvp', 'riffle_main_qvp_1', now(), true, 'reserved', 100, 120, 140, 52428800, NULL, 0.4);
        """
            .formatted(MANIFEST, LOADED, LOADING, VALUE));
  }
}
