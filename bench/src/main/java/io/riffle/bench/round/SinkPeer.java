package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.infra.stack.LocalStack;
import io.riffle.schemas.layout.Layout;

/**
 * Another sink than Riffle's, raced against it on the merged topic of a type as the rounds have
 * left it. Found with {@link java.util.ServiceLoader}.
 */
public interface SinkPeer {

  /** Whether it can write the type's records. */
  boolean takes(Layout layout);

  /** Tells the stack what it needs, such as a Connect plug-in, before the stack starts. */
  default LocalStack.Builder configure(LocalStack.Builder stack) {
    return stack;
  }

  /**
   * Lets both sinks write the same records of the type's merged topic, one after the other.
   *
   * @throws Exception ends the run
   */
  Race race(BenchChain chain, Layout layout) throws Exception;

  /** What came of it; their order is the order of the race. */
  record Race(Measurement riffle, Measurement peer) {}
}
