package io.riffle.generation;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;

/** The set is at another generation, or on its way to one. */
public final class GenerationException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  private GenerationException(String code, String message) {
    super(message);
    this.failure = Failure.of(Neighbour.RIFFLE, code, message);
  }

  /** Passes when the change is over. */
  public static GenerationException changing(Generations generations) {
    return new GenerationException(
        "GENERATION_CHANGES",
        "the set goes from generation "
            + generations.current()
            + " to "
            + generations.next().orElseThrow()
            + ": files wait until that is done (riffle replay list)");
  }

  /** Passes at once: whoever looks anew finds the new generation. */
  public static GenerationException moved(Generations generations) {
    return new GenerationException(
        "GENERATION_CHANGES", "the set has come to generation " + generations.current());
  }

  /**
   * Does not pass.
   *
   * @param what is of which generation, and what to do
   */
  public static GenerationException other(Generations generations, String what) {
    return new GenerationException(
        "GENERATION", "the set is at generation " + generations.current() + ", but " + what);
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
