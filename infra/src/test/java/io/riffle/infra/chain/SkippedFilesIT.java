package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code riffle files skip} and {@code retry} on a data set whose sender has lost a file. */
class SkippedFilesIT {
  private static final String LOST = "pde_1.csv";
  private static final String CARRIER = "carrier_1.csv";

  private final Chain chain = Chain.shared();
  private final Ledger ledger = new Ledger(chain.database(), Chain.TABLES);
  @TempDir Path folder;

  @Test
  void theRestOfADataSetIsLoadedWithoutItsLostFileAndThatOneWhenItIsFound() throws Exception {
    GenerateRequest request = Chain.request(List.of("CARRIER", "PDE"), Chain.claimRecords(20), 20);
    new DataSetGenerator(request).write(folder);
    String set = "Incoming/" + request.timestamp() + "/";
    List<String> names = names();
    String manifest = set + names.stream().filter(name -> name.endsWith(".xml")).findFirst().get();
    for (String name : names) {
      if (!name.equals(LOST) && !name.endsWith(".xml")) {
        put(set, name);
      }
    }
    put(set, manifest.substring(set.length()));
    await().atMost(Duration.ofMinutes(1)).until(() -> state(set + LOST).equals("WAITING"));

    assertThat(riffle(0, "files", "skip", set + LOST, "--reason", "ticket 12", "--by", "ann"))
        .isEqualTo("1 now SKIPPED\n  " + set + LOST + "\n");

    await() // what waits is not waited for by a load, and the other one does until the next scan
        .atMost(Duration.ofMinutes(1))
        .until(() -> state(set + CARRIER).equals("COMPLETED"));
    assertThat(state(set + LOST)).isEqualTo("SKIPPED");
    assertThat(riffle(0, "files", manifest)).contains("SKIPPED (BY_OPERATOR): ticket 12");
    assertThat(riffle(1, "files", "skip", manifest, "--reason", "all of it"))
        .contains("0 now SKIPPED", "1 not, it is COMPLETED", "1 not, it is SKIPPED already");
    put(set, LOST);
    assertThat(riffle(0, "-o", "json", "files", "retry", set + LOST, "--by", "ann"))
        .contains("\"state\":\"DISCOVERED\"", "\"was\":\"SKIPPED\"", "\"refused\":[]");
    assertThat(chain.await(List.of(manifest)))
        .extracting(FileStatus::state)
        .containsOnly("COMPLETED");
    assertThat(riffle(1, "files", "retry", "Incoming/none")).contains("no file, manifest or data");
    assertThat(
            chain.text(
                "SELECT string_agg(concat_ws(' ', via, action, before, after), ', ' ORDER BY activity_id)"
                    + " FROM riffle.activity WHERE who = 'ann'"))
        .isEqualTo(
            "COMMAND SKIP_ASKED 1 WAITING, COMMAND SKIP 1 WAITING 1 SKIPPED, 0 refused: ticket 12,"
                + " COMMAND RETRY_ASKED 1 SKIPPED, COMMAND RETRY 1 SKIPPED 1 DISCOVERED, 0 refused");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void put(String set, String name) {
    chain
        .s3()
        .putObject(request -> request.bucket(chain.bucket()).key(set + name), folder.resolve(name));
  }

  private String state(String key) throws Exception {
    return ledger.files(Optional.of(key), 1).stream().findFirst().map(FileStatus::state).orElse("");
  }

  private String riffle(int exitCode, String... arguments) {
    return new Cli(chain.stack().home()).run(exitCode, arguments).out();
  }
}
