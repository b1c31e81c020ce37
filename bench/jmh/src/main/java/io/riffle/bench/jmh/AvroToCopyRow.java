package io.riffle.bench.jmh;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.sink.copy.AvroCursor;
import io.riffle.sink.copy.CopyPlan;
import io.riffle.sink.copy.MalformedValueException;
import io.riffle.sink.copy.RowVersion;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Merged values to rows of COPY BINARY. An operation is one record of each key. */
@State(Scope.Benchmark)
public class AvroToCopyRow {

  @Param({"CARRIER", "PDE"})
  public String type;

  @Param("5000")
  public int size;

  private List<byte[]> merged;
  private CopyPlan plan;

  @Setup
  public void merge() {
    MergedKeys keys = new MergedKeys(type, size);
    SchemaRegistry registry = keys.registry();
    merged = keys.taken().stream().map(taken -> taken.merged()).flatMap(Optional::stream).toList();
    int writer = WireFormat.schemaId(merged.get(0));
    plan = CopyPlan.compile(RifFile.LAYOUTS.get(type), registry.byId(writer));
  }

  @Benchmark
  public void rows(Counted counted, Blackhole hole) throws MalformedValueException {
    for (byte[] value : merged) {
      AvroCursor in = new AvroCursor(value, WireFormat.PREFIX_LENGTH);
      hole.consume(plan.rows(in, plan.head(in), new RowVersion(1, counted.records)));
      counted.bytes += value.length;
      counted.records++;
    }
  }
}
