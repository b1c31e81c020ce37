package io.riffle.producer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.fuzz.Subject.Came;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A good input and some steps away from it, all of which follows from the seed. */
final class FuzzCase {

  private static final int MOST_STEPS = 7;
  private static final int MOST_BYTES = 4 << 20;

  private final long seed;
  private final Subject subject;
  private final List<String> steps = new ArrayList<>();
  private final byte[] input;

  private FuzzCase(long seed) throws IOException {
    Random random = new Random(seed);
    this.seed = seed;
    this.subject = subject(random);
    this.input = mutated(subject.good(), random);
  }

  static FuzzCase of(long seed) throws IOException {
    return new FuzzCase(seed);
  }

  private static Subject subject(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> new ManifestSubject(random);
      case 2, 3 -> new ObjectSubject(random);
      default -> new RifSubject(random);
    };
  }

  /** Few steps leave most of the input in order, so that the steps are met. */
  private byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good;
    List<Mutation> all = subject.steps();
    int count = 1 + random.nextInt(1 + random.nextInt(MOST_STEPS));
    for (int i = 0; i < count && bytes.length < MOST_BYTES; i++) {
      Mutation step = all.get(random.nextInt(all.size()));
      bytes = step.apply(bytes, random);
      steps.add(step.name() + " (" + bytes.length + " bytes)");
    }
    return bytes;
  }

  /** Gives the input to the producer, twice. What came of it, in kinds. */
  List<String> run() throws IOException {
    Came first = subject.outcome(input);
    assertThat(subject.outcome(input)).as("the same input again").isEqualTo(first);
    return first.kinds();
  }

  /** How to see the case again, and what it is. */
  @Override
  public String toString() {
    return "-Driffle.fuzz.case=" + seed + ": " + subject.name() + "; " + String.join(", ", steps);
  }
}
