package io.riffle.bench.peer;

/** How the Debezium sink writes a batch into Postgres. */
enum Inserts {
  /** A parameter for each field, rows put together by the driver. */
  ROWS,
  /** A parameter for each column, an array: {@code INSERT … SELECT * FROM UNNEST(…)}. */
  ARRAYS
}
