package io.riffle.infra.cli;

import io.riffle.operations.lag.LagReader;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagState;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle lag}. */
@Command(
    name = "lag",
    description =
        "How far consumer groups are behind, to the last record; exit code 1 when one is STALLED,"
            + " STOPPED or went back.")
final class LagCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @ParentCommand private Riffle riffle;

  @Parameters(arity = "0..1", paramLabel = "GROUP", description = "Only this one, of any set")
  private String group;

  @Option(names = "--all", description = "Groups of all sets, and those of other programs")
  private boolean all;

  @Option(names = "--partitions", description = "A line for each partition, not for each topic")
  private boolean partitions;

  @Option(
      names = "--watch",
      description = "Again and again until Ctrl-C; with -o json an object a line")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "2s",
      converter = DurationConverter.class,
      description =
          "Between two looks, which rates and trends need (default: ${DEFAULT-VALUE}); without"
              + " --watch there are two, and one with 0s")
  private Duration every;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    if (watch && every.isZero()) {
      throw new StackException("--every: --watch needs some time between two looks");
    }
    LagScreen screen = new LagScreen(riffle.options().json(), partitions, System.out);
    try (LagReader reader = LagReader.open(riffle.options().stack().endpoints(), PATIENCE)) {
      return watch ? watch(reader, screen) : once(reader, screen);
    } catch (ExecutionException | TimeoutException e) {
      Throwable why = e instanceof ExecutionException ? e.getCause() : e;
      throw new StackException("Kafka does not answer: " + why.getMessage(), e);
    }
  }

  private int once(LagReader reader, LagScreen screen)
      throws ExecutionException, InterruptedException {
    LagReport report = look(reader);
    if (!every.isZero()) {
      Thread.sleep(every.toMillis());
      report = look(reader);
    }
    screen.print(report);
    return report.state().compareTo(LagState.WARN) > 0 ? Riffle.NOT_OK : Riffle.OK;
  }

  private int watch(LagReader reader, LagScreen screen)
      throws ExecutionException, InterruptedException {
    while (true) {
      screen.show(look(reader));
      Thread.sleep(every.toMillis());
    }
  }

  private LagReport look(LagReader reader) throws ExecutionException, InterruptedException {
    LagReport report = reader.look(wanted());
    if (group != null && report.groups().isEmpty()) {
      throw new StackException("there is no group " + group + " with committed offsets");
    }
    return report;
  }

  private Predicate<String> wanted() {
    if (group != null) {
      return group::equals;
    }
    return all ? name -> true : new Topics(riffle.options().set().text())::isGroup;
  }
}
