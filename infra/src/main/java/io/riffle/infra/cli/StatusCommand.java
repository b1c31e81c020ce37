package io.riffle.infra.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle status}. */
@Command(name = "status", description = "List the services; exit code 1 unless all of them run.")
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() {
    return new StatusReport(riffle.options().stack()).print(riffle.options());
  }
}
