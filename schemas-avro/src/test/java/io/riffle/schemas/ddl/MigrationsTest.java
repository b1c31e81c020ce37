package io.riffle.schemas.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The migration of a type's tables is what its layout says; they cannot drift apart. */
class MigrationsTest {

  @ParameterizedTest
  @CsvSource({
    "CARRIER, V2__carrier_and_pde.sql",
    "PDE, V2__carrier_and_pde.sql",
    "BENEFICIARY, V4__persons.sql",
    "BENEFICIARY_HISTORY, V4__persons.sql"
  })
  void createsTheTablesThatTheLayoutDescribes(String type, String file) throws IOException {
    Layout layout = Layouts.load().get(type);

    String migration = migration(file);

    assertThat(TableDdl.create(layout, "${tables}"))
        .allSatisfy(statement -> assertThat(migration).contains(statement + ";"));
  }

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
