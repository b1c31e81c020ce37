package io.riffle.samples.compare;

import io.riffle.samples.SampleSource;
import io.riffle.testing.TestPostgres;

/** Staging tables that equal a source, made by SQL. */
final class StagingCopy {

  private static final String COPY =
      """
      CREATE TABLE stg_%1$s.%2$s AS SELECT *, %3$s
        now() - interval '2 days' AS riffle_inserted_at,
        now() - interval '1 day' AS riffle_updated_at,
        NULL::timestamptz AS riffle_deleted_at,
        1 AS riffle_epoch, 1::bigint AS riffle_commit, 2::bigint AS riffle_lsn,
        row_number() OVER () AS riffle_offset, NULL::text[] AS riffle_unsent
      FROM public.%2$s
      """;

  private StagingCopy() {}

  static void make(TestPostgres database, SampleSource source) {
    database.execute("CREATE SCHEMA stg_" + source.id());
    for (String table : source.tables()) {
      boolean keyless = key(database, table) == null;
      String rowKey = keyless ? "row_number() OVER () AS riffle_row," : "";
      database.execute(COPY.formatted(source.id(), table, rowKey));
      database.execute(
          "ALTER TABLE stg_%s.%s ADD PRIMARY KEY %s"
              .formatted(source.id(), table, keyless ? "(riffle_row)" : key(database, table)));
    }
  }

  private static String key(TestPostgres database, String table) {
    return database
        .rows(
            "SELECT max(substring(pg_get_constraintdef(oid) FROM '\\(.*\\)')) FROM pg_constraint"
                + " WHERE contype = 'p' AND conrelid = 'public.%s'::regclass".formatted(table))
        .get(0)
        .replace("null", "")
        .transform(text -> text.isEmpty() ? null : text);
  }
}
