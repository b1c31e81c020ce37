package io.riffle.producer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.rif.FileProblem;
import io.riffle.schemas.control.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever the input, its outcome is one that is declared: nothing crashes, nothing is lost, no
 * value comes out, and time and memory are bounded.
 *
 * <p>A failure names its case; {@code -Dtest=FuzzTest -Driffle.fuzz.case=<seed>} runs that one
 * again. {@code -Pfull -Dsuite=fuzz -Driffle.fuzz.minutes=60} searches longer, from a seed of its
 * own or from {@code -Driffle.fuzz.seed=<seed>}.
 */
final class FuzzTest {

  private static final Logger log = LoggerFactory.getLogger(FuzzTest.class);

  private static final String CASE = "riffle.fuzz.case";
  private static final long SEED = 20_261_121;
  private static final int CASES = 500;

  /** What only other checks than those of the producer's readers find. */
  private static final Set<Refusal> FOUND_ELSEWHERE =
      EnumSet.of(Refusal.MANIFEST_SIZE, Refusal.OBJECT_CHANGED, Refusal.PRE_VALIDATION);

  /** The others are those of readers of topics, and of databases. */
  private static final Set<RejectReason> REASONS_OF_ROWS =
      EnumSet.range(RejectReason.TOO_FEW_FIELDS, RejectReason.LINE_REPEATED);

  private final Fuzzer fuzzer = new Fuzzer();

  @AfterEach
  void close() {
    fuzzer.close();
  }

  @Test
  @DisabledIfSystemProperty(named = CASE, matches = ".+")
  void findsNothingInTheSameCasesAsAlways() {
    fuzzer.cases(SEED, CASES);

    assertThat(fuzzer.kinds()).containsKeys(everyKind());
  }

  @Test
  @Tag("full")
  @Tag("fuzz")
  void findsNothingInMinutes() {
    long seed = Long.getLong("riffle.fuzz.seed", System.nanoTime());
    Duration time = Duration.ofMinutes(Long.getLong("riffle.fuzz.minutes", 3));
    log.atInfo().addKeyValue("seed", seed).addKeyValue("time", time).log("fuzzing");

    long cases = fuzzer.cases(seed, time);

    log.atInfo().addKeyValue("cases", cases).addKeyValue("kinds", fuzzer.kinds()).log("fuzzed");
  }

  @Test
  @EnabledIfSystemProperty(named = CASE, matches = ".+")
  void findsNothingInOneCase() {
    fuzzer.run(Long.getLong(CASE));
  }

  /** Lest the test says nothing. */
  private static String[] everyKind() {
    List<String> kinds = new ArrayList<>(List.of("manifest accepted", "planned"));
    REASONS_OF_ROWS.forEach(reason -> kinds.add(reason.name()));
    Arrays.stream(FileProblem.Reason.values()).forEach(reason -> kinds.add(reason.name()));
    EnumSet.complementOf(EnumSet.copyOf(FOUND_ELSEWHERE))
        .forEach(refusal -> kinds.add(refusal.name()));
    return kinds.toArray(String[]::new);
  }
}
