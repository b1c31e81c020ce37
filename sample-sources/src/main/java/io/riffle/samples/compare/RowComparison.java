package io.riffle.samples.compare;

import io.riffle.samples.compare.Difference.Kind;
import io.riffle.samples.rows.ColumnShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Walks along the rows of two tables, both in the same order, and counts what differs. */
final class RowComparison {

  private final String table;
  private final List<ColumnShape> columns;
  private final TextRows source;
  private final TextRows staging;
  private final long[] otherValues;
  private long missing;
  private long surplus;

  RowComparison(String table, List<ColumnShape> columns, TextRows source, TextRows staging) {
    this.table = table;
    this.columns = columns;
    this.source = source;
    this.staging = staging;
    this.otherValues = new long[columns.size()];
  }

  List<Difference> run() throws SQLException {
    source.next();
    staging.next();
    while (!source.isAtEnd() || !staging.isAtEnd()) {
      step(source.compareTo(staging));
    }
    return differences();
  }

  private void step(int order) throws SQLException {
    if (order < 0) {
      missing++;
      source.next();
    } else if (order > 0) {
      surplus++;
      staging.next();
    } else {
      compareValues();
      source.next();
      staging.next();
    }
  }

  private void compareValues() {
    for (int i = 0; i < otherValues.length; i++) {
      if (!Objects.equals(source.text(i), staging.text(i))) {
        otherValues[i]++;
      }
    }
  }

  private List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    if (missing > 0) {
      differences.add(new Difference(table, "", Kind.MISSING_ROWS, missing));
    }
    if (surplus > 0) {
      differences.add(new Difference(table, "", Kind.SURPLUS_ROWS, surplus));
    }
    for (int i = 0; i < otherValues.length; i++) {
      if (otherValues[i] > 0) {
        differences.add(
            new Difference(table, columns.get(i).name(), Kind.OTHER_VALUE, otherValues[i]));
      }
    }
    return differences;
  }
}
