package io.riffle.samples.compare;

import io.riffle.samples.compare.Difference.Kind;
import io.riffle.samples.rows.ColumnShape;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code riffle_updated_at} is the time at which the source committed the row, which a
 * server with {@code track_commit_timestamp} keeps. To be asked of changes that came by the log: a
 * snapshot's rows have the snapshot's time.
 */
final class CommitTimes {

  private static final String MICROS = "((extract(epoch FROM %s) * 1000000)::bigint)";
  private static final String COMMITTED = "pg_xact_commit_timestamp(xmin)";

  /** Who writes events may keep milliseconds only. */
  private static final long PRECISION_MICROS = 1_000;

  private final Connection source;
  private final TableShape here;
  private final Connection staging;
  private final TableShape there;

  CommitTimes(Connection source, TableShape here, Connection staging, TableShape there) {
    this.source = source;
    this.here = here;
    this.staging = staging;
    this.there = there;
  }

  /**
   * Of rows that the source committed since then.
   *
   * @param exact whether each change changed a value; otherwise stamps may be earlier
   */
  List<Difference> run(Instant since, boolean exact) throws SQLException {
    String recent = COMMITTED + " >= '" + since + "'";
    int key = here.key().size();
    long wrong = 0;
    try (TextRows commits = TextRows.open(source, here.quoted(), with(COMMITTED), key, recent);
        TextRows stamps =
            TextRows.open(staging, there.quoted(), with("riffle_updated_at"), key, "true")) {
      commits.next();
      stamps.next();
      while (!commits.isAtEnd() && !stamps.isAtEnd()) {
        int order = commits.compareTo(stamps);
        if (order == 0 && isWrong(commits.text(key), stamps.text(key), exact)) {
          wrong++;
        }
        if (order <= 0) {
          commits.next();
        }
        if (order >= 0) {
          stamps.next();
        }
      }
    }
    return wrong == 0
        ? List.of()
        : List.of(new Difference(here.name(), "riffle_updated_at", Kind.WRONG_STAMP, wrong));
  }

  private static boolean isWrong(String commit, String stamp, boolean exact) {
    if (stamp == null) {
      return true;
    }
    long late = Long.parseLong(stamp) - Long.parseLong(commit);
    return late > PRECISION_MICROS || (exact && late < -PRECISION_MICROS);
  }

  private List<ColumnShape> with(String time) {
    List<ColumnShape> columns = new ArrayList<>(here.key());
    columns.add(
        new ColumnShape("micros", MICROS.formatted(time), "bigint", List.of(), false, -1, false));
    return columns;
  }
}
