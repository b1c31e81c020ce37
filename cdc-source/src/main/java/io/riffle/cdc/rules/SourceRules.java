package io.riffle.cdc.rules;

import io.riffle.cdc.obfuscate.RuleBook;
import io.riffle.cdc.obfuscate.RuleException;
import io.riffle.cdc.obfuscate.TextRows;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.cdc.source.SourceException;
import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The rules of a source.
 *
 * @param text of the rules file, with the section {@code columns}
 */
public record SourceRules(String text) {
  /** Where the secret of the hashes is; one for all sources of a set. */
  public static final String KEY = "file:obfuscation.key";

  private static final String TRANSFORMS = "transforms";

  /** By name; both have the same rules. In this order: rows are compared with hidden keys. */
  private static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    CLASSES.put("hideKeys", "io.riffle.cdc.obfuscate.Obfuscate$Key");
    CLASSES.put("hide", "io.riffle.cdc.obfuscate.Obfuscate$Value");
  }

  /**
   * The rules of a file for the tables of a source, whose columns are written behind them: one that
   * comes later has to have a rule.
   *
   * @throws RuleException naming every problem, sensitive columns without a rule included
   */
  public static SourceRules complete(String file, List<CapturedTable> tables, Connection source)
      throws SQLException {
    StringBuilder text = new StringBuilder(file.stripTrailing()).append("\ncolumns:\n");
    for (CapturedTable table : tables) {
      for (String column : columns(table.name(), source)) {
        text.append("  - \"" + table.name() + "." + column + "\"\n");
      }
    }
    RuleBook.parse(text.toString());
    return new SourceRules(text.toString());
  }

  /** Puts the transforms behind those that the connector has. */
  public void addTo(Map<String, String> connector, SecretFolder secrets) {
    CLASSES.forEach(
        (name, type) -> {
          connector.merge(TRANSFORMS, name, (before, added) -> before + "," + added);
          String prefix = TRANSFORMS + "." + name + ".";
          connector.put(prefix + "type", type);
          connector.put(prefix + "rules", text);
          connector.put(prefix + "secret", secrets.reference(KEY));
        });
  }

  /**
   * For rows of a table that pass no Connect worker.
   *
   * @throws SourceException naming every column that is in the way
   */
  public TextRows textRows(TableName table, List<TextRows.Column> columns, SecretFolder secrets) {
    String key = secrets.read(KEY, System.getenv()).reveal();
    try {
      Map<String, String> config = Map.of("rules", text, "secret", key);
      return TextRows.of(config, table.schema(), table.table(), columns);
    } catch (ConnectException e) {
      throw new SourceException(e.getMessage());
    }
  }

  private static List<String> columns(TableName table, Connection source) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0"
                + " AND NOT attisdropped ORDER BY attnum")) {
      query.setString(1, table.quoted());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }
}
