package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.operations.ledger.FileStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 in the middle of a load, and a restart: tables and totals as if nothing had happened. */
@Tag("full")
@Tag("outages")
class KilledProcessIT {

  private static final int RECORDS = 12_000;
  private static final Duration BACK = Duration.ofSeconds(30);

  private final Chain chain = Chain.shared();
  private final ProgramGroups groups = new ProgramGroups(chain);
  @TempDir Path folder;

  @Test
  void oneAfterTheOther() throws Exception {
    tablesAndTotalsEndAsInAnUndisturbedLoad("rif-producer merge-processor connect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rif-producer", "merge-processor", "connect", "kafka"})
  void eachAlone(String service) throws Exception {
    tablesAndTotalsEndAsInAnUndisturbedLoad(service);
  }

  private void tablesAndTotalsEndAsInAnUndisturbedLoad(String services) throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set");
    new DataSetGenerator(Chain.request(List.of("CARRIER"), first, RECORDS)).write(set);
    List<String> manifests = chain.load().upload(set);

    for (String service : services.split(" ", -1)) {
      awaitOnTheWay(service, manifests.get(0));
      killAndRestart(service);
    }

    FileStatus.Totals totals = completed(chain.await(manifests));
    assertThat(totals.records()).isEqualTo(RECORDS);
    assertThat(totals.applied()).isEqualTo(RECORDS);
    assertThat(chain.differences("CARRIER", set.resolve("carrier_1.csv"), Optional.empty()))
        .isZero();
  }

  /** Kafka has no group of its own: that it is back is seen by the load. */
  private void killAndRestart(String service) throws Exception {
    boolean hasGroup = ProgramGroups.PROGRAMS.contains(service);
    Set<String> before = hasGroup ? groups.members(service).orElse(Set.of()) : Set.of();
    chain.stack().kill(service);
    long start = System.nanoTime();
    chain.stack().restart(service);
    if (hasGroup) {
      groups.awaitBack(service, before, start, BACK);
    }
  }

  private static FileStatus.Totals completed(List<FileStatus> files) {
    assertThat(files).hasSize(1);
    assertThat(files.get(0).state()).isEqualTo("COMPLETED");
    return files.get(0).totals().orElseThrow();
  }

  /** The producer is killed when the file is planned, the others when rows begin to arrive. */
  private void awaitOnTheWay(String service, String manifest) {
    String on =
        " FROM riffle.files f JOIN ccw.s3_manifest_files m USING (manifest_id)"
            + " WHERE m.s3_key = '"
            + manifest
            + "' AND ";
    String planned = "SELECT count(*)" + on + "f.state IN ('PLANNED', 'LOADING', 'COMPLETED')";
    String arriving =
        "SELECT count(*)"
            + on
            + "EXISTS (SELECT FROM riffle.sink_totals t"
            + " WHERE t.file_id = f.file_id)";
    String condition = service.equals("rif-producer") ? planned : arriving;
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> chain.number(condition) > 0);
  }
}
