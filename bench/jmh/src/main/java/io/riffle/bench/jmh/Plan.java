package io.riffle.bench.jmh;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.SplitLimits;
import io.riffle.producer.rif.SplitPlanner;
import io.riffle.producer.rif.UnknownColumns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The scanner's look at a file before it is loaded, without its checksum. */
@State(Scope.Benchmark)
public class Plan {

  private static final int CHUNK = 256 << 10;

  @Param({"CARRIER", "PDE"})
  public String type;

  @Param("5000")
  public int size;

  private Entry entry;
  private byte[] bytes;

  @Setup
  public void generate() {
    entry = Entry.parse(RifFile.LAYOUTS, type);
    bytes = RifFile.generate(type, size).bytes();
  }

  @Benchmark
  public long plan(Counted counted) {
    SplitPlanner planner =
        new SplitPlanner(entry.layout(), entry.merge(), UnknownColumns.REJECT, SplitLimits.DEFAULT);
    for (int at = 0; at < bytes.length; at += CHUNK) {
      planner.accept(bytes, at, Math.min(at + CHUNK, bytes.length));
    }
    FilePlan plan = (FilePlan) planner.finish();
    counted.bytes += bytes.length;
    counted.records += plan.records();
    return plan.rows();
  }
}
