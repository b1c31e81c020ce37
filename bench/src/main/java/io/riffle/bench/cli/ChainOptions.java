package io.riffle.bench.cli;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.chain.BenchHome;
import io.riffle.infra.cli.StackOptions;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Options of the stack that all benches take. */
final class ChainOptions {

  @Option(names = "--keep", description = "Leave the stack running, warm for the next bench")
  private boolean keep;

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "For every JVM of the stack, such as -XX:+UseParallelGC; may be repeated")
  private List<String> jvmOptions = List.of();

  /**
   * The running stack.
   *
   * @param settings what else it is to be told
   */
  BenchChain open(StackOptions options, UnaryOperator<LocalStack.Builder> settings) {
    OwnStack home = BenchHome.of(RepositoryRoot.find(), options.home(), options.set());
    return BenchChain.start(
        home, keep, stack -> settings.apply(given(options, stack)), System.err::println);
  }

  private LocalStack.Builder given(StackOptions options, LocalStack.Builder stack) {
    stack.jvmOptions(jvmOptions.toArray(String[]::new));
    options.layoutsFolder().ifPresent(stack::layouts);
    return stack;
  }
}
