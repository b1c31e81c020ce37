package io.riffle.cdc.source;

/**
 * What Riffle's objects in a source are called. The source's name comes first and two underscores
 * end it, which it never has itself: two sources, and two sets, never share an object, whatever
 * they are called.
 *
 * @param set the partition set
 */
public record SourceNames(String set, String source) {
  /** Where Riffle's tables are. */
  public static final String SCHEMA = "riffle";

  /** Of an epoch. */
  public String slot(int epoch) {
    return publication() + "_" + epoch;
  }

  /** All its slots, and nobody else's: a regular expression of Postgres'. */
  public String slots() {
    return "^" + publication() + "_[0-9]+$";
  }

  public String publication() {
    return "riffle_" + own();
  }

  /** Rows ask Debezium to do something. */
  public TableName signals() {
    return new TableName(SCHEMA, "signal_" + own());
  }

  /** One row, updated while nothing else happens. */
  public TableName heartbeat() {
    return new TableName(SCHEMA, "heartbeat_" + own());
  }

  /** Keys of rows that are to be read once more; not published. */
  public TableName asked() {
    return new TableName(SCHEMA, "asked_" + own());
  }

  private String own() {
    return source + "__" + set;
  }
}
