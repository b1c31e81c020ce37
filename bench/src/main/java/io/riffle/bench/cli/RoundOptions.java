package io.riffle.bench.cli;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.chain.BenchHome;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.SinkPeer;
import io.riffle.infra.cli.StackOptions;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that both benches take. */
final class RoundOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  @Option(names = "--keep", description = "Leave the stack running, warm for the next bench")
  private boolean keep;

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "For every JVM of the stack, such as -XX:+UseParallelGC; may be repeated")
  private List<String> jvmOptions = List.of();

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
    OwnStack home = BenchHome.of(RepositoryRoot.find(), options.home(), options.set());
    return BenchChain.start(
        home, keep, stack -> settings(options, peer, stack), System.err::println);
  }

  private LocalStack.Builder settings(
      StackOptions options, Optional<SinkPeer> peer, LocalStack.Builder stack) {
    stack.jvmOptions(jvmOptions.toArray(String[]::new));
    options.layoutsFolder().ifPresent(stack::layouts);
    return peer.map(one -> one.configure(stack)).orElse(stack);
  }
}
