package io.riffle.bench.peer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A sink that takes part. */
interface Contestant {

  /** Part of the names of its connectors. */
  String name();

  /** What the report calls it. */
  String title();

  /** A connector's configuration that loads a topic from its begin into a database. */
  Map<String, String> config(String topic, String jdbcUrl);

  /** Changes what its empty tables need; called before the clock runs. */
  default void prepare(Connection database) throws SQLException {}
}
