package io.riffle.operations.rejects;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejects as files for other programs. */
@ExtendWith(PostgresExtension.class)
class RejectExportTest extends RejectFixture {
  RejectExportTest(TestPostgres server) {
    super(server);
  }

  @Test
  void anExportIsSafeInASpreadsheet() throws SQLException, IOException {
    StringWriter csv = new StringWriter();
    long count = new RejectExport(rejects, false).write(any(), true, csv);

    assertThat(count).isEqualTo(4);
    List<String> lines = csv.toString().lines().toList();
    assertThat(lines.get(0)).startsWith("id,status,reason,").endsWith(",rawBytes,rawKept,raw");
    assertThat(lines.get(1))
        .startsWith("1,OPEN,NOT_A_DATE,,PRODUCER,PDE,")
        .endsWith(",9,3,\\x726177");
    assertThat(lines.get(3)).contains(",'=cmd,");
  }

  @Test
  void anExportOfNothingHasItsHeaderAllTheSame() throws SQLException, IOException {
    StringWriter csv = new StringWriter();
    new RejectExport(rejects, false).write(RejectFilter.of(99L), false, csv);
    StringWriter json = new StringWriter();
    new RejectExport(rejects, true).write(RejectFilter.of(99L), false, json);

    assertThat(csv.toString()).startsWith("id,status,reason,").endsWith(",rawBytes,rawKept\r\n");
    assertThat(json.toString()).isEmpty();
  }

  @Test
  void jsonLinesHaveNoRecordUnlessAskedFor() throws SQLException, IOException {
    StringWriter json = new StringWriter();
    new RejectExport(rejects, true).write(RejectFilter.of(2L), false, json);

    assertThat(json.toString())
        .startsWith(
            "{\"id\":2,\"status\":\"OPEN\",\"reason\":\"CHECK_VIOLATION\",\"sqlState\":\"23514\"")
        .doesNotContain("\"raw\"")
        .endsWith("}\n");
  }
}
