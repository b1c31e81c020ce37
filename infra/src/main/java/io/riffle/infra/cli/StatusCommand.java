package io.riffle.infra.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle status}. */
@Command(
    name = "status",
    description =
        "How the pipelines do, the services, and what pauses in them; exit code 1 unless all run and"
            + " work.")
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() throws InterruptedException {
    return StatusReport.of(riffle.options().stack()).print(riffle.options());
  }
}
