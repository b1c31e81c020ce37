package io.riffle.chaos.check;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.data.ChaosSet;
import io.riffle.infra.generate.GeneratedFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Every file is COMPLETED, and the counts of every attempt add up, to what was generated. */
public final class TotalsAddUp {

  private static final String ATTEMPTS =
      """
      SELECT s.s3_key AS manifest, f.file_name, f.state, a.attempt, a.closed_at IS NOT NULL AS closed, a.problem,
             a.lines, a.rows, a.rejected_rows, a.records, a.published_records,
             a.applied, a.older, a.duplicate, a.parked, a.rejected,
             (SELECT count(*) - 3 * max(b.partitions) FROM riffle.barriers b
               WHERE b.file_id = a.file_id AND b.attempt = a.attempt) AS barriers_off,
             (SELECT sum(b.expected) FROM riffle.barriers b
               WHERE b.file_id = a.file_id AND b.attempt = a.attempt) AS expected,
             (SELECT sum(b.applied + b.older + b.duplicate + b.parked + b.rejected) FROM riffle.barriers b
               WHERE b.file_id = a.file_id AND b.attempt = a.attempt) AS merged,
             (SELECT sum(b.applied) FROM riffle.barriers b
               WHERE b.file_id = a.file_id AND b.attempt = a.attempt) AS emitted,
             (SELECT coalesce(sum(t.applied + t.older + t.rejected), 0) FROM riffle.sink_totals t
               WHERE t.file_id = a.file_id AND t.attempt = a.attempt) AS stored
        FROM riffle.files f
        JOIN ${tables}.s3_manifest_files s USING (manifest_id)
        LEFT JOIN riffle.file_attempts a USING (file_id)
       ORDER BY f.file_id, a.attempt
      """;

  private static final String PROMISE = "TotalsAddUp";

  private final DataSource database;
  private final String attempts;

  public TotalsAddUp(DataSource database, String schema) {
    this.database = database;
    this.attempts = ATTEMPTS.replace("${tables}", schema);
  }

  /** Holds the ledger against the sets that were delivered, by the key of their manifest. */
  public List<Finding> look(Map<String, ChaosSet> sets) throws SQLException {
    Map<String, GeneratedFile> files = new HashMap<>();
    sets.forEach(
        (manifest, set) -> set.files().forEach(f -> files.put(manifest + " " + f.name(), f)));
    List<Finding> findings = new ArrayList<>();
    Map<String, GeneratedFile> unseen = new HashMap<>(files);
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(attempts);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String name = row.getString("manifest") + " " + row.getString("file_name");
        unseen.remove(name);
        look(row, name, files.get(name), findings);
      }
    }
    unseen.keySet().forEach(name -> add(findings, name, "is not in the ledger"));
    return findings;
  }

  private static void look(ResultSet row, String name, GeneratedFile file, List<Finding> findings)
      throws SQLException {
    String at = name + ", attempt " + row.getInt("attempt");
    if (file == null) {
      add(findings, at, "was never delivered");
    } else if (!row.getString("state").equals("COMPLETED")) {
      add(findings, at, "is " + row.getString("state"));
    } else if (!row.getBoolean("closed") || row.getString("problem") != null) {
      add(findings, at, "is not closed, or has a problem");
    } else {
      Attempt attempt = Attempt.of(row);
      attempt.wrong(file.rows() + 1, file.records()).forEach(what -> add(findings, at, what));
    }
  }

  private static void add(List<Finding> findings, String file, String what) {
    findings.add(new Finding(PROMISE, Kind.TOTALS, file + " " + what, 1));
  }

  /** The counts of one attempt. */
  private record Attempt(
      long lines,
      long rows,
      long rejectedRows,
      long records,
      long published,
      long outcomes,
      long rejected,
      long barriersOff,
      long expected,
      long merged,
      long emitted,
      long stored) {

    static Attempt of(ResultSet row) throws SQLException {
      return new Attempt(
          row.getLong("lines"),
          row.getLong("rows"),
          row.getLong("rejected_rows"),
          row.getLong("records"),
          row.getLong("published_records"),
          row.getLong("applied")
              + row.getLong("older")
              + row.getLong("duplicate")
              + row.getLong("parked"),
          row.getLong("rejected"),
          row.getLong("barriers_off"),
          row.getLong("expected"),
          row.getLong("merged"),
          row.getLong("emitted"),
          row.getLong("stored"));
    }

    List<String> wrong(long generatedLines, long generatedRecords) {
      List<String> wrong = new ArrayList<>();
      equal(wrong, "lines generated, counted", generatedLines, lines);
      equal(wrong, "records generated, counted", generatedRecords, records);
      equal(wrong, "lines, header and rows", lines, 1 + rows + rejectedRows);
      equal(wrong, "records, outcomes", records, outcomes + rejected);
      equal(wrong, "records rejected", 0, rejected);
      equal(wrong, "barriers missing", 0, barriersOff);
      equal(wrong, "records published, expected by barriers", 3 * published, expected);
      equal(wrong, "records expected by barriers, merged", expected, merged);
      equal(wrong, "records emitted, stored", emitted, 3 * stored);
      return wrong;
    }

    private static void equal(List<String> wrong, String what, long one, long other) {
      if (one != other) {
        wrong.add("has " + what + ": " + one + " and " + other);
      }
    }
  }
}
