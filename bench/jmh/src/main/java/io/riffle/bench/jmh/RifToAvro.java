package io.riffle.bench.jmh;

import io.riffle.producer.rif.SplitTotals;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** RIF bytes to Avro bytes, by the workers' own reader. An operation is a file. */
@State(Scope.Benchmark)
public class RifToAvro {

  @Param({"CARRIER", "PDE", "INPATIENT", "BENEFICIARY"})
  public String type;

  @Param("5000")
  public int size;

  private RifFile file;
  private Reading reading;

  @Setup
  public void generate() {
    file = RifFile.generate(type, size);
    reading = new Reading(file, 1);
  }

  @Benchmark
  public void read(Counted counted, Blackhole hole) {
    SplitTotals totals = reading.read(value -> hole.consume(value.to()));
    counted.bytes += file.rowBytes();
    counted.records += totals.records();
  }
}
