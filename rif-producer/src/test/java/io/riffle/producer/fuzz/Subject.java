package io.riffle.producer.fuzz;

import java.io.IOException;
import java.util.List;

/** One kind of input, with the choices that a case made about it. */
interface Subject {

  /** For messages. */
  String name();

  /** A good input. */
  byte[] good() throws IOException;

  /** Steps away from it. */
  List<Mutation> steps();

  /**
   * Gives an input to the producer.
   *
   * @return what came of it; the same for the same input, whenever it is asked
   * @throws AssertionError where a promise is broken; anything else that is thrown is a bug, too
   */
  Came outcome(byte[] input) throws IOException;

  /**
   * What came of an input.
   *
   * @param kinds the reasons and other outcomes that it had
   * @param all everything that tells it from another one
   */
  record Came(List<String> kinds, String all) {}
}
