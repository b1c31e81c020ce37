package io.riffle.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * {@code loaded_files} and {@code loaded_batches}: whose data changed when, for readers that know
 * the existing loader.
 */
final class LoadedTable {
  private static final int MOST_CHARACTERS = 20_000;

  private static final String FIND =
      "SELECT loaded_file_id FROM riffle.file_attempts WHERE file_id = ? AND attempt = ?";

  /** The file first, then its attempt: the order in which riffle.close_attempt locks them. */
  private static final String LOCK_FILE = "SELECT FROM riffle.files WHERE file_id = ? FOR UPDATE";

  private static final String LINK =
      "UPDATE riffle.file_attempts SET loaded_file_id = ? WHERE file_id = ? AND attempt = ?";

  private final String addFile;
  private final String addBatch;

  LoadedTable(String schema) {
    addFile =
        String.format(
            "INSERT INTO %s.loaded_files (rif_type, created, s3_manifest_id, s3_file_index)"
                + " SELECT type, now(), manifest_id, entry_index FROM riffle.files"
                + " WHERE file_id = ? RETURNING loaded_file_id",
            schema);
    addBatch =
        String.format(
            "INSERT INTO %s.loaded_batches (loaded_file_id, beneficiaries, created)"
                + " VALUES (?, ?, now())",
            schema);
  }

  /**
   * Records the persons whose rows changed; attempts that the ledger does not know are left out.
   */
  void write(Connection connection, SortedMap<Attempt, SortedSet<Long>> persons)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(addBatch)) {
      for (Map.Entry<Attempt, SortedSet<Long>> changed : persons.entrySet()) {
        OptionalLong file = loadedFile(connection, changed.getKey());
        if (file.isPresent()) {
          addBatches(statement, file.getAsLong(), changed.getValue());
        }
      }
      statement.executeBatch();
    }
  }

  private static void addBatches(PreparedStatement statement, long file, Collection<Long> persons)
      throws SQLException {
    for (String joined : join(persons)) {
      statement.setLong(1, file);
      statement.setString(2, joined);
      statement.addBatch();
    }
  }

  /** Comma-joined, in pieces that fit the column. */
  static List<String> join(Collection<Long> persons) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (Long person : persons) {
      String text = person.toString();
      if (piece.length() + 1 + text.length() > MOST_CHARACTERS) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(piece.length() == 0 ? "" : ",").append(text);
    }
    pieces.add(piece.toString());
    return pieces;
  }

  private OptionalLong loadedFile(Connection connection, Attempt attempt) throws SQLException {
    Ledger known = find(connection, attempt);
    if (!known.hasAttempt() || known.loadedFile().isPresent()) {
      return known.loadedFile();
    }
    lock(connection, attempt);
    OptionalLong meanwhile = find(connection, attempt).loadedFile();
    return meanwhile.isPresent() ? meanwhile : OptionalLong.of(create(connection, attempt));
  }

  private record Ledger(boolean hasAttempt, OptionalLong loadedFile) {}

  private static Ledger find(Connection connection, Attempt attempt) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, attempt.file());
      statement.setInt(2, attempt.number());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return new Ledger(false, OptionalLong.empty());
        }
        long id = rows.getLong(1);
        return new Ledger(true, rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(id));
      }
    }
  }

  private static void lock(Connection connection, Attempt attempt) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_FILE)) {
      statement.setLong(1, attempt.file());
      statement.execute();
    }
  }

  private long create(Connection connection, Attempt attempt) throws SQLException {
    long id;
    try (PreparedStatement statement = connection.prepareStatement(addFile)) {
      statement.setLong(1, attempt.file());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        id = rows.getLong(1);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(LINK)) {
      statement.setLong(1, id);
      statement.setLong(2, attempt.file());
      statement.setInt(3, attempt.number());
      statement.executeUpdate();
    }
    return id;
  }
}
