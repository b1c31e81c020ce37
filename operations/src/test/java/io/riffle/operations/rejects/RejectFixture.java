package io.riffle.operations.rejects;

import io.riffle.testing.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own with two loaded files and four rejects. */
abstract class RejectFixture {
  static final String STATUSES =
      "SELECT reject_id, status, status_by, status_note, settled_attempt FROM riffle.rejects"
          + " ORDER BY 1";

  final TestPostgres postgres;
  final RejectLedger rejects;

  RejectFixture(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
    rejects = new RejectLedger(postgres.dataSource(), "ccw");
  }

  /** Two loaded files, a.csv with rejects 1 and 2, b.csv with 3; reject 4 is of no known file. */
  @BeforeEach
  void create() {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'Incoming/t/1_manifest.xml', 'COMPLETED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'COMPLETED_WITH_REJECTS', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at) VALUES
          (1, 0, 'a.csv', 'PDE', false, 'Incoming/t/a.csv', 'COMPLETED_WITH_REJECTS', 1, now(), now()),
          (1, 1, 'b.csv', 'PDE', true, 'Incoming/t/b.csv', 'COMPLETED_WITH_REJECTS', 1, now(), now());
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, closed_at, lines, records, applied, rejected)
          VALUES (1, 1, now(), now(), 11, 10, 8, 2), (2, 1, now(), now(), 11, 10, 9, 1);
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, column_name, reason,
            sql_state, topic, partition, "offset", raw_bytes, raw_kept) VALUES
          (1, 1, 'PDE', 'PRODUCER', 3, 4, 1, 4, 'SRVC_DT', 'NOT_A_DATE', NULL, 't', 0, 1, 9, 3),
          (1, 1, 'PDE', 'SINK', 5, 6, 1, 6, NULL, 'CHECK_VIOLATION', '23514', 'm', 0, 1, 3, 3),
          (2, 1, 'PDE', 'PRODUCER', 7, 8, 1, 8, '=cmd', 'NOT_A_DATE', NULL, 't', 0, 2, 3, 3),
          (NULL, 0, 'PDE', 'MERGE', 0, 0, 0, 0, NULL, 'UNDECODABLE', NULL, 'r', 0, 3, 3, 3);
        INSERT INTO riffle.rejects_raw SELECT reject_id, 'raw'::bytea FROM riffle.rejects;
        """);
  }

  static RejectFilter any() {
    return RejectFilter.of();
  }

  final List<String> rows(String sql) {
    return postgres.rows(sql);
  }
}
