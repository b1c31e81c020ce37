package io.riffle.operations.activity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** {@code riffle.activity}. Safe for use by several threads. */
public final class Activities {
  private static final int LONGEST_NAME = 128;

  private static final String ADD =
      "INSERT INTO riffle.activity (who, role, via, action, target, before, after)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String LIST =
      """
      SELECT activity_id, at, who, role, via, action, target, before, after FROM riffle.activity
       WHERE (?::text IS NULL OR who = ?) AND (?::text IS NULL OR action = ?) AND (?::bigint IS NULL OR activity_id < ?)
       ORDER BY activity_id DESC LIMIT ?
      """;

  private final DataSource database;

  public Activities(DataSource database) {
    this.database = database;
  }

  /** Adds one; names that are too long are cut. */
  public void add(Activity activity) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, cut(activity.who()));
      insert.setString(2, activity.role());
      insert.setString(3, activity.via());
      insert.setString(4, activity.action());
      insert.setString(5, activity.target());
      insert.setString(6, activity.before().orElse(null));
      insert.setString(7, activity.after().orElse(null));
      insert.executeUpdate();
    }
  }

  /** Somebody may have typed a NUL, which Postgres does not take. */
  private static String cut(String name) {
    String clean = name.replace("\0", "");
    return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
  }

  /** The newest first. */
  public List<ActivityRow> list(ActivityFilter filter, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(LIST)) {
      for (int i = 1; i <= 2; i++) {
        select.setString(i, filter.who().orElse(null));
        select.setString(i + 2, filter.action().orElse(null));
        select.setObject(i + 4, filter.before().orElse(null), Types.BIGINT);
      }
      select.setInt(7, limit);
      List<ActivityRow> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(row(row));
        }
      }
      return found;
    }
  }

  private static ActivityRow row(ResultSet row) throws SQLException {
    return new ActivityRow(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        new Activity(
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            Optional.ofNullable(row.getString(8)),
            Optional.ofNullable(row.getString(9))));
  }
}
