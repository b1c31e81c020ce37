package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.testing.DatabaseBackup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
    backup(DatabaseBackup::take);
    Set patch = load("CARRIER_MERGE", first);
    Set after = load("PDE", Chain.claimRecords(RECORDS));
    long last = chain.number("SELECT max(file_id) FROM riffle.files");

    backup(DatabaseBackup::restore);
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

  private interface Step {
    void run(DatabaseBackup backup) throws SQLException;
  }

  private void backup(Step step) throws SQLException {
    String url = chain.stack().endpoints().jdbcUrl();
    try (Connection connection = PostgresClient.admin(chain.stack().endpoints())) {
      step.run(new DatabaseBackup(connection, url.substring(url.lastIndexOf('/') + 1)));
    }
  }
}
