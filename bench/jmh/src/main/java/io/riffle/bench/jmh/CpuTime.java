package io.riffle.bench.jmh;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What the process spends, compiler and collector included: unlike the time on the wall it means
 * something on a machine that others use too.
 */
public final class CpuTime implements InternalProfiler {

  private static final double NANOS_PER_MICRO = 1e3;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long before;

  @Override
  public String getDescription() {
    return "CPU time per operation and record, bytes per CPU time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = system.getProcessCpuTime();
  }

  @Override
  public List<Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (system.getProcessCpuTime() - before) / NANOS_PER_MICRO;
    double perOperation = micros / Math.max(1, result.getMetadata().getAllOps());
    List<Result<?>> results = new ArrayList<>();
    results.add(shown("cpu.operation", perOperation, "us"));
    if (result.getSecondaryResults().containsKey("records")) {
      results.add(shown("cpu.record", perOperation / perOperation(result, "records"), "us"));
      results.add(shown("cpu.bytes", perOperation(result, "bytes") / perOperation, "MB/s"));
    }
    return results;
  }

  /** Both are rates of the same time. */
  private static double perOperation(IterationResult result, String counter) {
    double rate = result.getSecondaryResults().get(counter).getScore();
    return rate / result.getPrimaryResult().getScore();
  }

  private static Result<?> shown(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }
}
