package io.riffle.infra.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.chain.matrix.TopicRecords;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What merge-processor itself has rejected, delivered again through the whole chain. */
@Tag("full")
@Tag("stack")
class MergeRedriveIT {

  private static final int RECORDS = 20;

  private final Chain chain = Chain.shared();
  private final Cli riffle = new Cli(chain.stack().home());
  @TempDir Path folder;

  @Test
  void whatWasTooLargeIsRedrivenOnceItMayBeAsLarge() throws Exception {
    Path set = generate("CARRIER");
    String manifest;
    long rejected;
    chain.stackWith("RIFFLE_MERGE_MAX_RECORD_BYTES", "1024").restart("merge-processor");
    try {
      FileStatus file = chain.load(set).get(0);
      manifest = file.manifest();
      rejected = file.totals().orElseThrow().rejected();
      assertThat(rejected).isPositive();
      assertThat(file.state()).isEqualTo("COMPLETED_WITH_REJECTS");
      assertThat(rejects(manifest, "OPEN", "RECORD_TOO_LARGE")).isEqualTo(rejected);

      assertThat(redrive(1, manifest)).contains("DONE");
      assertThat(rejects(manifest, "SUPERSEDED", "RECORD_TOO_LARGE")).isEqualTo(rejected);
      assertThat(rejects(manifest, "OPEN", "RECORD_TOO_LARGE")).isEqualTo(rejected);
    } finally {
      chain.stack().restart("merge-processor");
    }

    assertThat(redrive(0, manifest)).contains(rejected + " now REDRIVING", "DONE");

    assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    Totals totals = file(manifest).totals().orElseThrow();
    assertThat(totals.rejected()).isEqualTo(rejected);
    assertThat(totals.redriven()).isEqualTo(rejected);
    assertThat(riffle.run(0, "-o", "json", "files", manifest).out())
        .contains("\"rejected\":" + rejected + ",\"redriven\":" + rejected);
    assertThat(chain.differences("CARRIER", set.resolve("carrier_1.csv"), Optional.empty()))
        .as("as if nothing had been rejected")
        .isZero();
  }

  /** Somebody's mirror has damaged one record of a file, and another one beyond recognition. */
  @Test
  void whatCouldNotBeDecodedIsRedrivenWhereItsFileIsKnown() throws Exception {
    Path set = generate("PDE");
    FileStatus file = chain.load(set).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    try (TopicRecords topics = new TopicRecords(chain)) {
      ConsumerRecord<byte[], byte[]> good = topics.ofKey(key(set)).get(0);
      topics.append(good, Arrays.copyOf(good.value(), good.value().length - 1));
      topics.append(good, "no Avro at all".getBytes(UTF_8));
    }
    chain.load(generate("PDE")); // its barriers stand behind them

    String manifest = file.manifest();
    assertThat(rejects(manifest, "OPEN", "UNDECODABLE")).isEqualTo(1);
    assertThat(redrive(0, manifest)).contains("1 now REDRIVING", "DONE");
    assertThat(rejects(manifest, "REDRIVEN", "UNDECODABLE")).isEqualTo(1);
    assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    assertThat(file(manifest).totals().orElseThrow().redriven()).isEqualTo(1);
    assertThat(chain.differences("PDE", set.resolve("pde_1.csv"), Optional.empty())).isZero();

    long unknown =
        chain.number(
            "SELECT max(reject_id) FROM riffle.rejects WHERE stage = 'MERGE' AND file_id IS NULL");
    assertThat(riffle.run(1, "rejects", "redrive", Long.toString(unknown), "--wait").out())
        .contains("not " + unknown + ": the record of a file that it came from is not known");
  }

  private String redrive(int exitCode, String manifest) {
    return riffle.run(exitCode, "rejects", "redrive", "--file", manifest, "--wait").out();
  }

  /** How many rejects of the file merge-processor has made. */
  private long rejects(String manifest, String status, String reason) throws Exception {
    return chain.number(
        "SELECT count(*) FROM riffle.rejects r JOIN riffle.files f USING (file_id)"
            + " JOIN ccw.s3_manifest_files m USING (manifest_id) WHERE r.stage = 'MERGE'"
            + " AND m.s3_key = '%s' AND r.status = '%s' AND r.reason = '%s'"
                .formatted(manifest, status, reason));
  }

  private FileStatus file(String manifest) throws Exception {
    return chain.await(List.of(manifest)).get(0);
  }

  private Path generate(String type) throws Exception {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of(type), first, RECORDS)).write(set);
    return set;
  }

  /** Of the third record. */
  private static long key(Path set) throws Exception {
    List<String> lines = Files.readAllLines(set.resolve("pde_1.csv"));
    int at = Arrays.asList(lines.get(0).split("\\|", -1)).indexOf("PDE_ID");
    return Long.parseLong(lines.get(3).split("\\|", -1)[at]);
  }
}
