package io.riffle.infra.cli;

import io.riffle.infra.component.Console;
import io.riffle.infra.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle up}. */
@Command(name = "up", description = "Start what does not run, and wait until everything answers.")
final class UpCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() {
    LocalStack stack = riffle.options().stack();
    stack.start();
    int code = StatusReport.afterStart(stack).print(riffle.options());
    if (!riffle.options().json() && stack.has(Console.NAME)) {
      System.out.println(
          "\nconsole: " + stack.consoleUrl() + " (riffle console tells the password)");
    }
    return code;
  }
}
