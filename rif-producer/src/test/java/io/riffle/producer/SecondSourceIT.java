package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.RawTopic.Barrier;
import io.riffle.producer.RawTopic.Data;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source of another manifest form and layout family goes the same way as the CCW. */
@Tag("full")
@Tag("sources")
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecondSourceIT {

  private ProducerStack stack;
  private RifProducer producer;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    stack = new ProducerStack(kafka, postgres, s3, registry);
    producer = stack.start(Map.of());
  }

  @AfterAll
  void end() {
    assertThat(producer.end()).isZero();
  }

  @Test
  void loadsFullAndMergeFilesBesideTheCcwsOfTheSameInstant() {
    String instant = ProducerStack.instant(3);
    String folder = "Labs/" + instant + "/";
    stack.put(folder + "results.txt", RifRows.full("LAB_RESULT").records(-1, -20).text());
    stack.put(
        folder + "later.txt",
        RifRows.of("LAB_RESULT", "RESULT_ID", "RESULT_VAL").records(-1, -5).text());
    stack.put(folder + "files.list", "results.txt LAB_RESULT\nlater.txt LAB_RESULT_MERGE\n");
    stack.put("Incoming/" + instant + "/pde.csv", RifRows.full("PDE").records(-1, -3).text());
    stack.putManifest(instant, 0, "pde.csv", "PDE");

    List.of("results.txt", "later.txt", "pde.csv").forEach(stack::complete);

    assertThat(
            stack.query(
                "SELECT file_name, type, merge, state FROM riffle.files WHERE s3_key LIKE '%"
                    + instant
                    + "%' ORDER BY 1"))
        .containsExactly(
            "later.txt|LAB_RESULT|t|COMPLETED",
            "pde.csv|PDE|f|COMPLETED",
            "results.txt|LAB_RESULT|f|COMPLETED");
    RawTopic labs = raw("LAB_RESULT");
    assertThat(versions(labs, 0)).isEqualTo(expected(instant, 10, 0, 20));
    assertThat(versions(labs, 1)).isEqualTo(expected(instant, 10, 1, 5));
    assertThat(versions(raw("PDE"), 0)).isEqualTo(expected(instant, 0, 0, 3));
    assertThat(labs.data)
        .extracting(found -> found.avro().getSchema().getName())
        .containsOnly("LabResult", "LabResultMerge");
    requireBarriers(labs, 2);
  }

  @Test
  void saysWhatIsWrongInTheLedgerAsForTheCcw() {
    String waiting = "Labs/" + ProducerStack.instant(5) + "/";
    String damaged = "Labs/" + ProducerStack.instant(4) + "/";
    stack.put(waiting + "files.list", "absent.txt LAB_RESULT\n");
    stack.put(damaged + "files.list", "no type\n");
    String unusable = "Labs/" + ProducerStack.instant(6) + "/";
    stack.put(unusable + "files.list", "a/b LAB_RESULT\n");

    stack.awaitFile("absent.txt", "WAITING|null|absent.txt is missing");
    stack.awaitManifest(damaged + "files.list", "REJECTED|MANIFEST_SYNTAX|files.list, line 1");
    stack.awaitManifest(
        unusable + "files.list",
        "REJECTED|MANIFEST_INVALID|files.list: source lab failed to read it");
  }

  private static Set<Version> versions(RawTopic topic, int entry) {
    return topic.data.stream()
        .map(found -> found.origin().version())
        .filter(version -> version.entry() == entry)
        .collect(Collectors.toSet());
  }

  private static Set<Version> expected(String instant, int feed, int entry, int records) {
    Version first = new Version(Version.nanos(Instant.parse(instant)), feed, 0, entry, 1);
    return LongStream.rangeClosed(1, records).mapToObj(first::at).collect(Collectors.toSet());
  }

  /** One of each file on every partition, behind its records. */
  private static void requireBarriers(RawTopic topic, int files) {
    assertThat(topic.barriers).hasSize(files * topic.barriers.get(0).value().partitions());
    for (Barrier barrier : topic.barriers) {
      List<Data> before =
          topic.data.stream()
              .filter(found -> found.origin().file() == barrier.value().file())
              .filter(found -> found.partition() == barrier.partition())
              .toList();
      assertThat(before).allMatch(found -> found.offset() < barrier.offset());
      assertThat(barrier.value().records()).isEqualTo(before.size());
    }
  }

  private RawTopic raw(String type) {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get(type)));
  }
}
