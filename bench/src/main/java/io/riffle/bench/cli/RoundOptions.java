package io.riffle.bench.cli;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.SinkPeer;
import io.riffle.infra.cli.StackOptions;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.Collection;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the benches that load what one type has. */
final class RoundOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ChainOptions chain = new ChainOptions();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "CARRIER",
      description = "What is loaded, any of the ten types (default: ${DEFAULT-VALUE})")
  private String type;

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "3",
      description = "Lines of each claim; 0 for 1 to 67, mostly few (default: ${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "600k",
      converter = Count.Converter.class,
      description =
          "Records to load before the clock starts (default: ${DEFAULT-VALUE}): until then "
              + "the JIT compilers take more CPU than the records")
  private Count warmup;

  /**
   * What to measure.
   *
   * @throws ParameterException when there is no such type
   */
  RoundPlan plan(StackOptions options, int runs) {
    Layouts layouts = options.layouts();
    if (runs < 1 || lines < 0) {
      throw new ParameterException(
          spec.commandLine(), "--runs is at least 1, --lines is not negative");
    }
    return new RoundPlan(layouts, layout(layouts), lines, runs, warmup.value());
  }

  private Layout layout(Layouts layouts) {
    try {
      Entry entry = Entry.parse(layouts, type);
      if (!entry.merge()) {
        return entry.layout();
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--type: " + e.getMessage(), e);
    }
    throw new ParameterException(
        spec.commandLine(), "--type: name the type itself; its backfill is measured with it");
  }

  /**
   * Refuses a number of records or threads that cannot be loaded or started.
   *
   * @param least that makes sense
   * @throws ParameterException when one is smaller
   */
  void requireAtLeast(String option, long least, Collection<? extends Number> given) {
    if (given.stream().anyMatch(number -> number.longValue() < least)) {
      throw new ParameterException(spec.commandLine(), option + " is at least " + least);
    }
  }

  /** The running stack. */
  BenchChain chain(StackOptions options, Optional<SinkPeer> peer) {
    return chain.open(options, stack -> peer.map(one -> one.configure(stack)).orElse(stack));
  }
}
