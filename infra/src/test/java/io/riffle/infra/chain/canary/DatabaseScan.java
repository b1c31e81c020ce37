package io.riffle.infra.chain.canary;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Looks through the columns of a database's schema, and what the server says of its sessions. */
final class DatabaseScan {

  private final DataSource database;

  DatabaseScan(DataSource database) {
    this.database = database;
  }

  /** A column, as {@code table.column}. */
  private record Place(String table, String column) {
    String text() {
      return table + "." + column;
    }
  }

  /**
   * All columns but some.
   *
   * @param tables an SQL condition on {@code table_schema} and {@code table_name}
   * @param without {@code table.column}, table with its schema
   */
  Sightings columns(String tables, Set<String> without) throws SQLException {
    Sightings sightings = new Sightings();
    try (Connection connection = database.getConnection()) {
      for (Place place : places(connection, tables)) {
        if (!without.contains(place.text())) {
          look(connection, place, sightings);
        }
      }
    }
    return sightings;
  }

  /** Statements and names of sessions, as other users of the server see them. */
  Sightings sessions() throws SQLException {
    Sightings sightings = new Sightings();
    try (Connection connection = database.getConnection()) {
      for (String column : List.of("application_name", "query", "usename", "wait_event")) {
        look(connection, new Place("pg_catalog.pg_stat_activity", column), sightings);
      }
      look(connection, new Place("pg_catalog.pg_prepared_xacts", "gid"), sightings);
    }
    return sightings;
  }

  private static List<Place> places(Connection connection, String tables) throws SQLException {
    List<Place> places = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT table_schema || '.' || table_name, column_name"
                    + " FROM information_schema.columns WHERE "
                    + tables)) {
      while (columns.next()) {
        places.add(new Place(columns.getString(1), columns.getString(2)));
      }
    }
    return places;
  }

  private static void look(Connection connection, Place place, Sightings sightings)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT \"" + place.column() + "\"::text FROM " + place.table())) {
      while (rows.next()) {
        String text = rows.getString(1);
        sightings.look(place.text(), text);
        if (text != null && text.startsWith("\\x") && text.length() % 2 == 0) {
          sightings.look(place.text(), HexFormat.of().parseHex(text.substring(2)));
        }
      }
    }
  }
}
