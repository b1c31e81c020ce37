package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.fuzz.FuzzedSet;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many odd data sets at once through scanner, planner, publisher and workers, with real neighbours:
 * each file ends as its bytes say, whatever stands beside it, and the producer goes on.
 *
 * <p>A failure names its set; {@code -Dit.test=WholeProducerFuzzIT -Driffle.fuzz.set=<seed>} runs
 * that one alone. {@code -Pfull -Dsuite=fuzz -Driffle.fuzz.minutes=60} searches longer, from a seed
 * of its own or from {@code -Driffle.fuzz.seed=<seed>}.
 */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("fuzz")
final class WholeProducerFuzzIT {

  private static final Logger log = LoggerFactory.getLogger(WholeProducerFuzzIT.class);

  private static final String SET = "riffle.fuzz.set";
  private static final long SEED = 20_261_122;
  private static final int SETS = 30;
  private static final int SETS_AT_ONCE = 200;

  /** What may stay in memory of so many sets more, once they are over. */
  private static final long KEPT_BYTES = 96L << 20;

  private final TestKafka kafka;
  private final TestPostgres postgres;
  private final TestS3 s3;
  private final TestRegistry registry;
  private final Map<String, Integer> ends = new TreeMap<>();

  WholeProducerFuzzIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.kafka = kafka;
    this.postgres = postgres;
    this.s3 = s3;
    this.registry = registry;
  }

  @Test
  @DisabledIfSystemProperty(named = SET, matches = ".+")
  void findsNothingInTheSameSetsAsAlways() throws Exception {
    run(new SplittableRandom(SEED), SETS);

    assertThat(ends)
        .as("lest the test says nothing")
        .containsKeys(
            "LOADING",
            "WAITING",
            "HEADER_INVALID",
            "TOO_MANY_REJECTS",
            "CHECKSUM",
            "GZIP_INVALID",
            "MANIFEST_SYNTAX");
  }

  @Test
  @Tag("full")
  @Tag("fuzz")
  void findsNothingInMinutes() throws Exception {
    long seed = Long.getLong("riffle.fuzz.seed", System.nanoTime());
    Duration time = Duration.ofMinutes(Long.getLong("riffle.fuzz.minutes", 3));
    log.atInfo().addKeyValue("seed", seed).addKeyValue("time", time).log("fuzzing");
    SplittableRandom seeds = new SplittableRandom(seed);
    long end = System.nanoTime() + time.toNanos();
    run(seeds, SETS_AT_ONCE);
    long before = usedBytes();
    while (System.nanoTime() < end) {
      run(seeds, SETS_AT_ONCE);
      assertThat(usedBytes()).as("bytes in use").isLessThan(before + KEPT_BYTES);
    }
    log.atInfo().addKeyValue("ends", ends).log("fuzzed");
  }

  @Test
  @EnabledIfSystemProperty(named = SET, matches = ".+")
  void findsNothingInOneSet() throws Exception {
    run(List.of(FuzzedSet.of(Long.getLong(SET), instant(0))));
  }

  private void run(SplittableRandom seeds, int count) throws Exception {
    List<FuzzedSet> sets = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      sets.add(FuzzedSet.of(seeds.nextLong(), instant(number)));
    }
    run(sets);
  }

  private void run(List<FuzzedSet> sets) throws Exception {
    ProducerStack stack = new ProducerStack(kafka, postgres, s3, registry);
    new FuzzRun(stack, sets).run().forEach((end, files) -> ends.merge(end, files, Integer::sum));
  }

  /** Each set has one of its own, within the window. */
  private static String instant(int number) {
    Instant first = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(30));
    return first.plusSeconds(number).toString();
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
