package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.producer.fuzz.ExpectedFile;
import io.riffle.producer.fuzz.FuzzedSet;
import io.riffle.producer.plan.PlanConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Gives data sets to a producer, all at once, and holds what came of them against what must. */
final class FuzzRun {

  /** A bomb of line ends is refused; else it is a million rejects. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "split.max-rows", "60",
          "gzip.max-bytes", "1048576",
          "max-rejects.carrier", "0",
          "max-rejects.pde", "2",
          "max-rejects.snf", "30%",
          "unknown-columns.dme", "ignore",
          "unknown-columns.beneficiary", "ignore");

  private static final String MOVING =
      "SELECT count(*) FROM riffle.files LEFT JOIN riffle.file_attempts USING (file_id, attempt)"
          + " WHERE state IN ('DISCOVERED', 'PLANNED') OR (state = 'LOADING' AND published_at IS NULL)";

  private static final long NO_FILE = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PATIENCE_OF_A_SET = Duration.ofMillis(500);

  private final ProducerStack stack;
  private final List<FuzzedSet> sets;
  private final Map<String, Integer> ends = new TreeMap<>();

  FuzzRun(ProducerStack stack, List<FuzzedSet> sets) {
    this.stack = stack;
    this.sets = sets;
  }

  /**
   * Runs the sets.
   *
   * @return how many files and manifests had each state, or the reason of their refusal
   * @throws AssertionError naming the set, where a promise is broken
   */
  Map<String, Integer> run() throws Exception {
    PlanConfig plan = stack.config(SETTINGS).plan();
    RifProducer producer = stack.start(SETTINGS);
    int exitCode;
    try {
      sets.parallelStream().forEach(this::upload);
      awaitEnd(producer);
      assertThat(pauses()).as("nothing of the input is a neighbour's failure").isZero();
    } finally {
      exitCode = producer.end();
    }
    assertThat(producer.failure()).isEmpty();
    assertThat(exitCode).isZero();
    check(plan);
    return ends;
  }

  private void upload(FuzzedSet set) {
    set.objects().forEach((key, file) -> stack.put(key, file.content(), file.metadata()));
    stack.put(set.manifestKey(), set.manifest(), Map.of());
  }

  private void awaitEnd(RifProducer producer) {
    await("the end of " + sets.size() + " sets")
        .atMost(PATIENCE.plus(PATIENCE_OF_A_SET.multipliedBy(sets.size())))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> producer.failure().isPresent() || isOver());
  }

  private boolean isOver() {
    List<String> manifests = stack.query("SELECT count(*) FROM riffle.manifests");
    return manifests.equals(List.of(Integer.toString(sets.size())))
        && stack.query(MOVING).equals(List.of("0"))
        && barriers().containsAll(published());
  }

  private Set<String> published() {
    return Set.copyOf(
        stack.query("SELECT 'barriers/' || file_id || '/' || attempt FROM riffle.file_attempts"));
  }

  private Set<String> barriers() {
    return stack.kafka().readAll(stack.topics().progress()).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .collect(Collectors.toSet());
  }

  private long pauses() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName parts = new ObjectName("io.riffle:type=Pause,set=" + stack.topics().set() + ",*");
    Set<ObjectName> names = server.queryNames(parts, null);
    assertThat(names).as("parts of the producer").isNotEmpty();
    long pauses = 0;
    for (ObjectName name : names) {
      pauses += (Long) server.getAttribute(name, "Pauses");
    }
    return pauses;
  }

  private void check(PlanConfig plan) throws IOException {
    FuzzedTopics topics = new FuzzedTopics(stack);
    Map<String, String> manifests = manifests();
    Map<String, Map<String, FuzzedRow>> files = FuzzedRow.byManifest(stack);
    Set<Long> published = new HashSet<>();
    for (FuzzedSet set : sets) {
      String key = set.manifestKey();
      set.refusal().ifPresent(why -> checkRefused(set, why, manifests.get(key)));
      Map<String, FuzzedRow> rows = files.getOrDefault(key, Map.of());
      Map<String, ExpectedFile> expected = set.expected(plan);
      assertThat(rows).as(set.toString()).containsOnlyKeys(expected.keySet());
      expected.forEach(
          (name, file) -> {
            topics.check(set.toString(), rows.get(name), file);
            count(file.state());
            published.add(file.published() ? rows.get(name).id() : NO_FILE);
          });
    }
    assertThat(topics.files()).as("files of what is on topics").isSubsetOf(published);
  }

  private void checkRefused(FuzzedSet set, String expected, String found) {
    assertThat(found).as(set.toString()).isEqualTo(expected);
    count("REJECTED|" + expected);
  }

  private void count(String end) {
    String[] parts = end.split("\\|", 3);
    ends.merge(parts[0].equals("REJECTED") ? parts[1] : parts[0], 1, Integer::sum);
  }

  /** Reason and detail by key. */
  private Map<String, String> manifests() {
    Map<String, String> found = new HashMap<>();
    stack
        .query(
            "SELECT s3_key, reason || '|' || m.detail FROM riffle.manifests m JOIN "
                + ProducerStack.SCHEMA
                + ".s3_manifest_files USING (manifest_id)")
        .forEach(
            row -> {
              int bar = row.indexOf('|');
              found.put(row.substring(0, bar), row.substring(bar + 1));
            });
    return found;
  }
}
