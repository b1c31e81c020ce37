package io.riffle.samples;

import io.riffle.testing.TestPostgres;
import java.util.Map;
import java.util.TreeMap;

/** A checksum of all rows of each table of a sample source. */
public final class Contents {

  private Contents() {}

  public static Map<String, String> of(TestPostgres database, SampleSource source) {
    Map<String, String> contents = new TreeMap<>();
    for (String table : source.tables()) {
      String sql =
          "SELECT count(*) || md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM %s t";
      contents.put(table, database.rows(sql.formatted(table)).get(0));
    }
    return contents;
  }
}
