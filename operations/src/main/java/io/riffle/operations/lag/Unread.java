package io.riffle.operations.lag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * What one look at all groups could not see, so that one group or partition that is out of order
 * does not hide the others. For one thread.
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

  /** Nothing at all is no news of one thing, but of Kafka. */
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
