package io.riffle.schemas.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What can be said of the migrations without a database. That their tables are what the layouts say
 * is held by db-sink's MigrationProposalTest.
 */
class MigrationsTest {

  @Test
  void bookkeepingNamesNoSchemaOfTheTablesOfRecord() throws IOException {
    assertThat(migration("V1__bookkeeping.sql")).doesNotContain("ccw.");
  }

  private static String migration(String name) throws IOException {
    try (InputStream in =
        MigrationsTest.class.getResourceAsStream("/io/riffle/migrations/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
