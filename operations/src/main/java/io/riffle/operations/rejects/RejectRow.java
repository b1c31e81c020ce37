package io.riffle.operations.rejects;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a reject, in the order in which it is shown. Not the record itself, unless that
 * was asked for.
 *
 * @param values texts and numbers by name; what is not known is null
 */
public record RejectRow(Map<String, Object> values) {

  public RejectRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static RejectRow of(ResultSet row) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : names(row)) {
      values.put(name, row.getObject(name));
    }
    return new RejectRow(values);
  }

  /** The names of the values that each row has. */
  static List<String> names(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }

  /** A value as text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString);
  }
}
