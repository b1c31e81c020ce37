package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.ledger.FileStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.postgresql.PGConnection;

/**
 * The CARRIER and PDE files of the public sample sets give the tables that the existing loader
 * wrote. Skipped where the samples are not beside the repository.
 */
@EnabledIf("samplesArePresent")
class SamplesIT {

  private static final Path RIF =
      Path.of(System.getProperty("riffle.samples", "../../shared/rif")).toAbsolutePath();

  static boolean samplesArePresent() {
    return Files.isDirectory(RIF.resolve("samples"));
  }

  private final Chain chain = Chain.shared();

  @Test
  void syntheticSampleGivesTheExpectedTables() throws Exception {
    List<FileStatus> files = chain.load(RIF.resolve("samples/rif-synthea"));

    assertThat(files)
        .filteredOn(f -> f.type().orElseThrow().equals("CARRIER"))
        .allMatch(FileStatus::clean);
    assertEqual("rif-synthea", "carrier_claims", "clm_id", synthea("clm_id"));
    assertEqual("rif-synthea", "carrier_claim_lines", "clm_id, line_num", synthea("clm_id"));
    assertEqual("rif-synthea", "partd_events", "pde_id", synthea("pde_id"));
  }

  @Test
  void sampleAAndItsLaterClaimGiveTheExpectedTables() throws Exception {
    chain.load(RIF.resolve("samples/sample-a"));
    assertEqual("sample-a", "carrier_claims", "clm_id", "clm_id > 0");
    assertEqual("sample-a", "carrier_claim_lines", "clm_id, line_num", "clm_id > 0");
    assertEqual("sample-a", "partd_events", "pde_id", "pde_id > 0");

    chain.load(RIF.resolve("samples/sample-a-multiple-lines"));
    assertEqual("sample-a-multiple-lines", "carrier_claims", "clm_id", "clm_id > 0");
    assertEqual("sample-a-multiple-lines", "carrier_claim_lines", "clm_id, line_num", "clm_id > 0");
  }

  /** Keys of the sample, which are negative, without those of the generator. */
  private static String synthea(String key) {
    return key + " BETWEEN -999999999 AND -1";
  }

  private void assertEqual(String set, String table, String order, String which)
      throws IOException, SQLException {
    Path expected = RIF.resolve("expected/" + set + "/" + table + ".csv");
    String header;
    try (var lines = Files.lines(expected)) {
      header = lines.findFirst().orElseThrow();
    }
    String copy =
        String.format(
            "COPY (SELECT %s FROM %s.%s WHERE %s ORDER BY %s) TO STDOUT (FORMAT csv, HEADER)",
            header, Chain.TABLES, table, which, order);
    assertThat(copyOut(copy)).as(set + " " + table).isEqualTo(Files.readString(expected));
  }

  private String copyOut(String copy) throws SQLException, IOException {
    StringWriter csv = new StringWriter();
    try (Connection connection = chain.database().getConnection()) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, csv);
    }
    return csv.toString();
  }
}
