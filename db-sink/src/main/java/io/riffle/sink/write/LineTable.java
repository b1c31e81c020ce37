package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.Put;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The lines of claims, which are written anew as a whole: nobody refers to one of them. */
final class LineTable extends ChildTable {
  private final String copy;

  LineTable(int child, String table, List<String> columns) {
    super(child, columns.get(0), table);
    this.copy = CopyStream.sql(table, columns);
  }

  @Override
  List<String> createStaging() {
    return List.of();
  }

  @Override
  void write(Statements statements, List<Put> childless, List<Put> rewritten) throws SQLException {
    if (!rewritten.isEmpty()) {
      statements.update(deleteOfKeys(), (Object) Statements.keys(rewritten));
    }
    copy(statements, copy, sorted(childless, rewritten));
  }

  /** One COPY, in the order of the index. */
  private static List<Put> sorted(List<Put> childless, List<Put> rewritten) {
    if (rewritten.isEmpty()) {
      return childless;
    }
    return Stream.concat(childless.stream(), rewritten.stream())
        .sorted(Comparator.comparingLong(Put::key))
        .toList();
  }
}
