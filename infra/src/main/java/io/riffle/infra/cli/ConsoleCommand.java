package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffle.infra.component.Console;
import io.riffle.infra.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle console}. */
@Command(
    name = "console",
    description = {
      "Where the operators' pages are, and the password of the user admin that the stack made.",
      "Who may sign in is in the stack's file console-users: a line NAME:ROLE:HASH each, with the",
      "roles viewer, operator and admin. A change counts at once."
    },
    subcommands = ConsoleHashCommand.class)
final class ConsoleCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() {
    LocalStack stack = riffle.options().stack();
    String password = stack.consolePassword();
    System.out.println(
        riffle.options().json()
            ? JsonNodeFactory.instance
                .objectNode()
                .put("url", stack.consoleUrl().toString())
                .put("user", Console.USER)
                .put("password", password)
            : "%s  user %s  password %s".formatted(stack.consoleUrl(), Console.USER, password));
    return Riffle.OK;
  }
}
