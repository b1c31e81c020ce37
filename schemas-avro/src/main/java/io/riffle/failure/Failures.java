package io.riffle.failure;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what failed. */
public final class Failures {
  private static final int LONGEST_CHAIN = 30;

  private Failures() {}

  /**
   * What an exception means: by the first of its causes that is {@link Classified}, else by those
   * of Kafka. Empty for anything else, which is a defect until shown otherwise, and for null.
   */
  public static Optional<Failure> of(Throwable thrown) {
    return chain(thrown)
        .filter(Classified.class::isInstance)
        .map(known -> ((Classified) known).failure())
        .findFirst()
        .or(() -> KafkaFailures.of(thrown));
  }

  /** An exception and its causes, from the outermost inwards. */
  public static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
  }
}
