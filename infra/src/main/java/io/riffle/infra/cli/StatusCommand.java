package io.riffle.infra.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle status}. */
@Command(
    name = "status",
    description = "List the services and what pauses in them; exit code 1 unless all run and work.")
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() {
    return StatusReport.of(riffle.options().stack()).print(riffle.options());
  }
}
