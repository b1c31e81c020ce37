package io.riffle.cdc.obfuscate;

/**
 * A table of the source.
 *
 * @param schema empty where nothing tells it
 */
record TableName(String schema, String table) {

  /** The last two parts of a topic's name. */
  static TableName ofTopic(String topic) {
    int dot = topic.lastIndexOf('.');
    String before = dot < 0 ? "" : topic.substring(0, dot);
    return new TableName(before.substring(before.lastIndexOf('.') + 1), topic.substring(dot + 1));
  }

  ColumnName column(String column) {
    return new ColumnName(schema, table, column);
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
