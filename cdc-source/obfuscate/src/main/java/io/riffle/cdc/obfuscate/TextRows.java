package io.riffle.cdc.obfuscate;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Hides rows whose columns are all in the form that Postgres prints, for what publishes tables
 * itself and not by way of Connect. A value becomes what the transform makes of it. For one thread
 * at a time.
 */
public final class TextRows {
  /**
   * A column of the table.
   *
   * @param type of Postgres, such as {@code int4} or {@code varchar}
   * @param length characters at most; 0 for any number
   * @param labels of an enum, joined by commas
   */
  public record Column(String name, String type, int length, Optional<String> labels) {}

  private static final int ROW_KEY_BYTES = 16;

  private final Schema schema;
  private final TablePlan plan;
  private final Keyed keyed;

  private TextRows(Schema schema, TablePlan plan, Keyed keyed) {
    this.schema = schema;
    this.plan = plan;
    this.keyed = keyed;
  }

  /**
   * For the rows of one table.
   *
   * @param config of the transform: {@code rules} and {@code secret}
   * @throws ConnectException naming every column that is sensitive and has no rule, or has one that
   *     does not suit it
   */
  public static TextRows of(
      Map<String, String> config, String schema, String table, List<Column> columns) {
    ObfuscateConfig given = new ObfuscateConfig(config);
    Schema rows = schema(columns);
    TableName name = new TableName(schema, table);
    Changes changes = new Changes(given.secrets());
    TablePlan plan = TablePlan.of(name, rows, List.of(), true, given.rules(), changes);
    return new TextRows(rows, plan, given.secrets().keyed());
  }

  /** A row as it may leave; null stays null. */
  public List<String> hide(List<String> row) {
    Struct given = new Struct(schema);
    for (Field field : schema.fields()) {
      given.put(field, row.get(field.index()));
    }
    Struct hidden = plan.apply(given, Placeholder.NONE);
    return schema.fields().stream().map(field -> (String) hidden.get(field)).toList();
  }

  /**
   * What identifies a row of a table without a key: 32 hexadecimal digits, the same for the same
   * row as it came. Who does not have the key of the hashes cannot try rows out.
   */
  public String rowKey(byte[] row) {
    return HexFormat.of().formatHex(keyed.bytes("row", row), 0, ROW_KEY_BYTES);
  }

  private static Schema schema(List<Column> columns) {
    SchemaBuilder builder = SchemaBuilder.struct();
    for (Column column : columns) {
      Map<String, String> parameters = new TreeMap<>();
      parameters.put(Form.TYPE, column.type());
      parameters.put(Form.LENGTH, Integer.toString(column.length()));
      SchemaBuilder text = SchemaBuilder.string().optional().parameters(parameters);
      boolean isEnum = column.labels().isPresent() && !column.type().startsWith(Form.ARRAY);
      if (isEnum) {
        text.name(Form.ENUM_NAME).parameter(Form.LABELS, column.labels().get());
      }
      builder.field(column.name(), text.build());
    }
    return builder.build();
  }
}
