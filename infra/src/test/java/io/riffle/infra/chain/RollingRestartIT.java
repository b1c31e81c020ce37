package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.process.OsProcess;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.StackFolder;
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

/** Clean restarts and standstills in the middle of a load, and how long they cost. */
@Tag("full")
@Tag("outages")
class RollingRestartIT {

  private static final int RECORDS = 12_000;

  /** Ten on a machine of its own; this one runs all servers and perhaps other tests. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Chain chain = Chain.shared();
  private final ProgramGroups groups = new ProgramGroups(chain);
  @TempDir Path folder;

  /** From the signal to end until the group is at work with new members. */
  @ParameterizedTest
  @ValueSource(strings = {"rif-producer", "merge-processor", "connect"})
  void aCleanRestartIsShort(String service) throws Exception {
    Load load = load();
    awaitOnTheWay(load);
    Set<String> before = groups.members(service).orElseThrow();

    long start = System.nanoTime();
    chain.stack().restart(service);

    groups.awaitBack(service, before, start, LIMIT);
    assertCompleted(load);
  }

  @Test
  void aBrokerThatStandsStillForHalfAMinute() throws Exception {
    Load load = load();
    awaitOnTheWay(load);
    OsProcess kafka = process("kafka");

    kafka.signal("STOP");
    try {
      await().pollDelay(Duration.ofSeconds(30)).atMost(Duration.ofSeconds(40)).until(() -> true);
    } finally {
      kafka.signal("CONT");
    }

    assertCompleted(load);
    for (String service : List.of("rif-producer", "merge-processor", "connect")) {
      assertThat(process(service).isAlive()).as(service).isTrue();
    }
  }

  private record Load(Path set, List<String> manifests) {}

  private Load load() throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of("CARRIER"), first, RECORDS)).write(set);
    return new Load(set, chain.load().upload(set));
  }

  private void awaitOnTheWay(Load load) {
    String rows =
        "SELECT count(*) FROM riffle.files f JOIN ccw.s3_manifest_files m USING (manifest_id)"
            + " JOIN riffle.sink_totals t USING (file_id) WHERE m.s3_key = '"
            + load.manifests().get(0)
            + "'";
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> chain.number(rows) > 0);
  }

  private void assertCompleted(Load load) throws Exception {
    FileStatus file = chain.await(load.manifests()).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().applied()).isEqualTo(RECORDS);
    assertThat(chain.differences("CARRIER", load.set().resolve("carrier_1.csv"), Optional.empty()))
        .isZero();
  }

  private OsProcess process(String service) {
    String name =
        chain.stack().status().stream()
            .filter(status -> status.component().equals(service))
            .findFirst()
            .orElseThrow()
            .name();
    return new RunRecords(new StackFolder(chain.stack().home()).runs())
        .find(name)
        .orElseThrow()
        .process();
  }
}
