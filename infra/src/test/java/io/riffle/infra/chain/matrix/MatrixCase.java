package io.riffle.infra.chain.matrix;

import java.util.List;
import java.util.Optional;

/**
 * A case of a row: data sets one after the other, records written to topics, or the name of a test
 * elsewhere that shows what this chain cannot.
 *
 * @param id unique, begins with the row
 * @param title what is special about the input
 * @param steps data sets; each waits for the end of the one before
 * @param topics what is written to topics once all data sets are through
 * @param elsewhere {@code module/class#method}
 * @param huge whether it is for the long suite
 */
record MatrixCase(
    String id,
    String title,
    List<SetStep> steps,
    List<TopicStep> topics,
    Optional<String> elsewhere,
    boolean huge) {

  MatrixCase {
    steps = List.copyOf(steps);
    topics = List.copyOf(topics);
  }

  @Override
  public String toString() {
    return id + ": " + title;
  }
}
