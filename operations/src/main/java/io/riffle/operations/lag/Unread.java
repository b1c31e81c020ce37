package io.riffle.operations.lag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * What one question for many groups, or many partitions, was not told, so that one that is out of
 * order does not hide the others. For one thread.
 */
final class Unread {
  private final List<String> names = new ArrayList<>();
  private Optional<ExecutionException> first = Optional.empty();

  /**
   * Notes what could not be read, with the name of the error; what brokers say besides may say
   * anything.
   */
  void add(String name, ExecutionException error) {
    names.add(name + ": " + error.getCause().getClass().getSimpleName());
    if (first.isEmpty()) {
      first = Optional.of(error);
    }
  }

  /**
   * Nothing at all is no news of one thing, but of Kafka.
   *
   * @param read how many were told
   * @throws ExecutionException the first error, when nothing but errors came
   */
  void throwIfAll(int read) throws ExecutionException {
    if (read == 0 && first.isPresent()) {
      throw first.get();
    }
  }

  /** Each with the name of its error. */
  List<String> names() {
    return List.copyOf(names);
  }
}
