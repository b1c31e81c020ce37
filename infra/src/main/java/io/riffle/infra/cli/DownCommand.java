package io.riffle.infra.cli;

import io.riffle.infra.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle down}. */
@Command(name = "down", description = "Stop all services, of all sets; their data stays.")
final class DownCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Option(names = "--purge", description = "Delete all data, logs and state as well.")
  private boolean purge;

  @Override
  public Integer call() {
    LocalStack stack = riffle.options().stack();
    stack.stop();
    if (purge) {
      stack.purge();
      System.err.println("deleted the stack in " + stack.home());
    }
    return Riffle.OK;
  }
}
