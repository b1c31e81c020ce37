package io.riffle.schemas.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The migration of a type's tables is what its layout says; they cannot drift apart. */
class MigrationsTest {

  private static final String CLAIM_TYPES = "V3__claim_types.sql";
  private static final String PERSONS = "V4__persons.sql";

  /** A type without an entry here fails. */
  private static final Map<String, String> MIGRATIONS =
      Map.of(
          "CARRIER", "V2__carrier_and_pde.sql",
          "PDE", "V2__carrier_and_pde.sql",
          "DME", CLAIM_TYPES,
          "HHA", CLAIM_TYPES,
          "HOSPICE", CLAIM_TYPES,
          "INPATIENT", CLAIM_TYPES,
          "OUTPATIENT", CLAIM_TYPES,
          "SNF", CLAIM_TYPES,
          "BENEFICIARY", PERSONS,
          "BENEFICIARY_HISTORY", PERSONS);

  static List<String> types() {
    return Layouts.load().all().stream().map(Layout::type).toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void createsTheTablesThatTheLayoutDescribes(String type) throws IOException {
    Layout layout = Layouts.load().get(type);
    assertThat(MIGRATIONS).containsKey(type);

    String migration = migration(MIGRATIONS.get(type));

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
