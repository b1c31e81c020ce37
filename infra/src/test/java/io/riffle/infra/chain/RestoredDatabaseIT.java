package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.ledger.FileStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes back to a backup while everything runs. */
@Tag("full")
@Tag("outages")
class RestoredDatabaseIT {

  private static final int RECORDS = 400;

  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  /** Files that it knows and files that it does not, and a patch of the first by the second. */
  @Test
  void tablesAndTotalsAreThoseOfBeforeTheRestore() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Set before = load("CARRIER", first);
    backUp();
    Set patch = load("CARRIER_MERGE", first);
    Set after = load("PDE", Chain.claimRecords(RECORDS));
    long last = chain.number("SELECT max(file_id) FROM riffle.files");

    restore();
    assertThat(chain.number("SELECT max(file_id) FROM riffle.files")).isLessThan(last);

    assertCompleted(patch);
    assertCompleted(after);
    assertCompleted(before);
    assertThat(
            chain.number(
                "SELECT min(file_id) FROM riffle.files WHERE type = 'PDE' AND file_id > " + last))
        .isGreaterThan(last);
    assertThat(chain.differences("CARRIER", before.file(), Optional.of(patch.file()))).isZero();
    assertThat(chain.differences("PDE", after.file(), Optional.empty())).isZero();
  }

  private record Set(Path file, List<String> manifests) {}

  private Set load(String type, long first) throws Exception {
    Path set = folder.resolve(type);
    GenerateRequest request = Chain.request(List.of(type), first, RECORDS);
    new DataSetGenerator(request).write(set);
    Set loaded =
        new Set(set.resolve(type.toLowerCase(Locale.ROOT) + "_1.csv"), chain.load().upload(set));
    assertCompleted(loaded);
    return loaded;
  }

  private void assertCompleted(Set set) throws Exception {
    FileStatus file = chain.await(set.manifests()).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
  }

  private void backUp() throws SQLException {
    outside(
        "ALTER DATABASE %1$s ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%1$s'",
        "CREATE DATABASE %1$s_backup TEMPLATE %1$s",
        "ALTER DATABASE %1$s ALLOW_CONNECTIONS true");
  }

  private void restore() throws SQLException {
    outside("DROP DATABASE %1$s WITH (FORCE)", "ALTER DATABASE %1$s_backup RENAME TO %1$s");
  }

  private void outside(String... statements) throws SQLException {
    String url = chain.stack().endpoints().jdbcUrl();
    String database = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = PostgresClient.admin(chain.stack().endpoints());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql.formatted(database));
      }
    }
  }
}
