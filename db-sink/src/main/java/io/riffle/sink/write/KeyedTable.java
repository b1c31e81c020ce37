package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.Put;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Children that outlive a change of the others: rows that went are deleted, those that differ
 * updated, equal ones not touched. So months fire their trigger only when they change, and former
 * identities keep their number.
 */
final class KeyedTable extends ChildTable {
  private final Staging stage;
  private final String id;
  private final List<String> values;
  private final List<String> timestamps;

  /**
   * @param columns the parent's key, the column that tells its children apart, the others
   * @param timestamps further columns, of the instant of writing
   */
  KeyedTable(int child, String table, List<String> columns, List<String> timestamps) {
    super(child, columns.get(0), table);
    this.stage = new Staging("stage_" + table.replace('.', '_'), table, columns);
    this.id = columns.get(1);
    this.values = columns.subList(2, columns.size());
    this.timestamps = timestamps;
  }

  @Override
  List<String> createStaging() {
    return List.of(stage.create());
  }

  @Override
  void write(Statements statements, List<Put> childless, List<Put> rewritten) throws SQLException {
    if (timestamps.isEmpty()) {
      copy(statements, CopyStream.sql(table(), stage.columns()), childless);
      rewrite(statements, rewritten, rewritten);
    } else {
      rewrite(statements, sorted(childless, rewritten), rewritten);
    }
  }

  private void rewrite(Statements statements, List<Put> staged, List<Put> rewritten)
      throws SQLException {
    if (staged.isEmpty()) {
      return;
    }
    copy(statements, stage.copy(), staged);
    if (!rewritten.isEmpty()) {
      statements.update(deleteGone(), (Object) Statements.keys(rewritten));
    }
    statements.update(upsert());
  }

  private static List<Put> sorted(List<Put> childless, List<Put> rewritten) {
    return Stream.concat(childless.stream(), rewritten.stream())
        .sorted(Comparator.comparingLong(Put::key))
        .toList();
  }

  private String deleteGone() {
    return String.format(
        "%1$s AND NOT EXISTS (SELECT FROM %2$s n WHERE n.%3$s = l.%3$s AND n.%4$s = l.%4$s)",
        deleteOfKeys(), stage.table(), key(), id);
  }

  /** Equal rows are left out beforehand: a conflict would lock them, and use up their sequence. */
  private String upsert() {
    List<String> written = new ArrayList<>(stage.columns());
    written.addAll(timestamps);
    List<String> staged = new ArrayList<>(stage.columns());
    timestamps.forEach(timestamp -> staged.add("now()"));
    List<String> assigned = new ArrayList<>(values);
    assigned.addAll(timestamps);
    return String.format(
        "INSERT INTO %1$s (%2$s) SELECT %3$s FROM %4$s n WHERE NOT EXISTS (%5$s)"
            + " ORDER BY %6$s, %7$s ON CONFLICT (%6$s, %7$s) DO UPDATE SET %8$s",
        table(),
        String.join(", ", written),
        String.join(", ", staged),
        stage.table(),
        equalRow(),
        key(),
        id,
        join(assigned, column -> column + " = excluded." + column));
  }

  private String equalRow() {
    return String.format(
        "SELECT FROM %1$s l WHERE l.%2$s = n.%2$s AND l.%3$s = n.%3$s"
            + " AND (%4$s) IS NOT DISTINCT FROM (%5$s)",
        table(),
        key(),
        id,
        join(values, column -> "l." + column),
        join(values, column -> "n." + column));
  }

  private static String join(List<String> columns, UnaryOperator<String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }
}
