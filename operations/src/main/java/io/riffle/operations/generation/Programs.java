package io.riffle.operations.generation;

/** The programs that have to know of a change: whoever runs them sees to it. */
public interface Programs {
  /**
   * Has merge-processor run in the generation that the database says. Where another one than the
   * caller starts it, nothing is done, and it is waited for.
   */
  void mergeProcessor();

  /** Has the sink read the topics of the current generation. */
  void sink();
}
