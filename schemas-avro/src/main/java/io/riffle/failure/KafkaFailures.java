package io.riffle.failure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What exceptions of Kafka's clients and of Streams mean, by their names. They wrap each other, so
 * the worst of a chain counts; one of Streams that wraps something else says nothing.
 */
final class KafkaFailures {
  private static final String KAFKA = "org.apache.kafka.";
  private static final String ROCKSDB = "org.rocksdb.";
  private static final String ANY_OF_CLIENTS = "org.apache.kafka.common.KafkaException";
  private static final List<String> NOT_OF_CLIENTS =
      List.of("org.apache.kafka.streams.", "org.apache.kafka.connect.");
  private static final String NO_SPACE = "No space left on device";
  private static final String CORRUPTION = "Corruption: ";
  private static final String DAMAGED =
      "a local state is damaged: it is deleted and comes back from its changelog";

  private KafkaFailures() {}

  static Optional<Failure> of(Throwable thrown) {
    return Failures.chain(thrown)
        .flatMap(one -> known(one, thrown))
        .max(Comparator.comparing(Failure::verdict))
        .or(() -> other(thrown));
  }

  private static Stream<Failure> known(Throwable one, Throwable all) {
    return classes(one).stream()
        .filter(type -> type.getName().startsWith(KAFKA) || type.getName().startsWith(ROCKSDB))
        .flatMap(type -> rules(type.getSimpleName()))
        .limit(1)
        .map(
            rule -> new Failure(rule.neighbour(), name(one), rule.verdict(), text(rule, one, all)));
  }

  /** An error of a client that no line names, if it is the innermost. */
  private static Optional<Failure> other(Throwable thrown) {
    if (thrown == null) {
      return Optional.empty();
    }
    Throwable root = Failures.chain(thrown).reduce((outer, inner) -> inner).orElseThrow();
    boolean foreign = NOT_OF_CLIENTS.stream().anyMatch(root.getClass().getName()::startsWith);
    if (foreign || classes(root).stream().noneMatch(c -> c.getName().equals(ANY_OF_CLIENTS))) {
      return Optional.empty();
    }
    FailureRule rule = FailureTable.builtIn().other(Neighbour.KAFKA);
    return Optional.of(
        new Failure(
            Neighbour.KAFKA, name(root), rule.verdict(), String.valueOf(root.getMessage())));
  }

  private static Stream<FailureRule> rules(String name) {
    FailureTable table = FailureTable.builtIn();
    return Stream.of(Neighbour.KAFKA, Neighbour.STATE)
        .flatMap(neighbour -> table.find(neighbour, name).stream());
  }

  /** Clients' messages name topics, groups and times; those of states may name keys. */
  private static String text(FailureRule rule, Throwable one, Throwable all) {
    if (rule.neighbour() == Neighbour.KAFKA) {
      return String.valueOf(one.getMessage());
    }
    if (says(all, NO_SPACE)) {
      return NO_SPACE;
    }
    return says(all, CORRUPTION) ? DAMAGED : rule.meaning();
  }

  private static boolean says(Throwable all, String text) {
    return Failures.chain(all).anyMatch(e -> String.valueOf(e.getMessage()).contains(text));
  }

  private static String name(Throwable one) {
    return one.getClass().getSimpleName();
  }

  private static List<Class<?>> classes(Throwable one) {
    return Stream.<Class<?>>iterate(one.getClass(), type -> type != null, Class::getSuperclass)
        .toList();
  }
}
