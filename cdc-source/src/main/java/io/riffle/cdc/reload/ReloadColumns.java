package io.riffle.cdc.reload;

import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of a table with their types, in their order; of a domain the type below it. */
final class ReloadColumns {
  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private static final int HEADER = 4;
  private static final int HALF = 16;
  private static final int LOW = 0xFFFF;
  private static final int SCALE_BITS = 0x7FF;
  private static final int SCALE_SIGN = 0x400;

  private static final String QUERY =
      """
      WITH RECURSIVE base AS (
        SELECT a.attnum, a.attname, a.atttypid AS type, a.atttypmod AS modifier
          FROM pg_attribute a WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT b.attnum, b.attname, t.typbasetype, t.typtypmod FROM base b JOIN pg_type t ON t.oid = b.type
         WHERE t.typtype = 'd')
      SELECT b.attname, t.typname, n.nspname, pg_type_is_visible(t.oid), b.modifier,
             (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid IN (t.oid, t.typelem))
        FROM base b JOIN pg_type t ON t.oid = b.type JOIN pg_namespace n ON n.oid = t.typnamespace
       WHERE t.typtype <> 'd' ORDER BY b.attnum""";

  private ReloadColumns() {}

  static List<ReloadColumn> read(Connection source, TableName table) throws SQLException {
    List<ReloadColumn> columns = new ArrayList<>();
    try (PreparedStatement query = source.prepareStatement(QUERY)) {
      query.setString(1, table.quoted());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(column(row));
        }
      }
    }
    return columns;
  }

  private static ReloadColumn column(ResultSet row) throws SQLException {
    String plain = row.getString(2).toUpperCase(Locale.ROOT);
    String type =
        row.getBoolean(4)
            ? plain
            : "\"" + row.getString(3).toUpperCase(Locale.ROOT) + "\".\"" + plain + "\"";
    int modifier = row.getInt(5);
    return new ReloadColumn(
        row.getString(1),
        type,
        length(plain, modifier),
        scale(plain, modifier),
        Optional.ofNullable(row.getString(6)));
  }

  /** Arrays have the modifier of their elements. */
  private static int length(String type, int modifier) {
    return switch (element(type)) {
      case "NUMERIC" -> modifier < HEADER ? 0 : (modifier - HEADER) >> HALF & LOW;
      case "VARCHAR", "BPCHAR" -> modifier < HEADER ? NO_LIMIT : modifier - HEADER;
      case "BIT", "VARBIT" -> modifier < 1 ? NO_LIMIT : modifier;
      default -> NO_LIMIT;
    };
  }

  private static Optional<Integer> scale(String type, int modifier) {
    return element(type).equals("NUMERIC") && modifier >= HEADER
        ? Optional.of(((modifier - HEADER & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN)
        : Optional.empty();
  }

  private static String element(String type) {
    return type.startsWith("_") ? type.substring(1) : type;
  }
}
