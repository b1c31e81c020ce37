package io.riffle.cdc.source;

/**
 * What Riffle's objects in a source are called.
 *
 * @param set the partition set
 */
public record SourceNames(String set, String source) {
  /** Where Riffle's tables are. */
  public static final String SCHEMA = "riffle";

  /** Of an epoch. */
  public String slot(int epoch) {
    return slots() + epoch;
  }

  /** What the names of all its slots begin with. */
  public String slots() {
    return publication() + "_";
  }

  public String publication() {
    return "riffle_" + set + "_" + source;
  }

  /** Rows ask Debezium to do something. */
  public TableName signals() {
    return new TableName(SCHEMA, "signal_" + set + "_" + source);
  }

  /** One row, updated while nothing else happens. */
  public TableName heartbeat() {
    return new TableName(SCHEMA, "heartbeat_" + set + "_" + source);
  }
}
