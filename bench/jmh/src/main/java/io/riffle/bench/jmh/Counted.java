package io.riffle.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a benchmark did, shown per second beside its operations. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Counted {

  /** Bytes that went in. */
  public long bytes;

  /** Records, whatever the lines of each. */
  public long records;
}
