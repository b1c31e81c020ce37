package io.riffle.sink.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements of a transaction. */
final class Sql {
  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** What is done with a row of a result. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Statements without results, one after the other. */
  void execute(String... statements) throws SQLException {
    execute(List.of(statements));
  }

  void execute(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  <T> List<T> list(Reader<T> reader, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(reader.read(rows));
      }
      return list;
    }
  }

  /** The first column of a result. */
  List<String> texts(String sql, Object... parameters) throws SQLException {
    return list(row -> row.getString(1), sql, parameters);
  }

  String text(String sql, Object... parameters) throws SQLException {
    return texts(sql, parameters).get(0);
  }

  boolean isTrue(String sql, Object... parameters) throws SQLException {
    return list(row -> row.getBoolean(1), sql, parameters).get(0);
  }

  int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
