package io.riffle.bench.jmh;

import io.riffle.bench.jmh.MergedKeys.Patches;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Raw values to stored state and merged values, without store and topics. An operation is one
 * record of each key.
 */
@State(Scope.Benchmark)
public class Merge {

  @Param({"CARRIER", "PDE"})
  public String type;

  @Param("5000")
  public int size;

  private MergedKeys keys;
  private List<byte[]> states;
  private Patches patches;

  @Setup
  public void read() {
    keys = new MergedKeys(type, size);
    states = keys.taken().stream().map(taken -> taken.state()).toList();
    patches = keys.patches(type, size);
  }

  /** The first record of a key, which passes through. */
  @Benchmark
  public void first(Counted counted, Blackhole hole) {
    for (byte[] value : keys.first()) {
      hole.consume(keys.takeFirst(value));
      counted.bytes += value.length;
      counted.records++;
    }
  }

  /** A MERGE record on a key of which one FULL record is known. */
  @Benchmark
  public void patch(Counted counted, Blackhole hole) {
    for (int i = 0; i < states.size(); i++) {
      hole.consume(patches.take(i, states.get(i)));
      counted.bytes += patches.values().get(i).length;
      counted.records++;
    }
  }
}
