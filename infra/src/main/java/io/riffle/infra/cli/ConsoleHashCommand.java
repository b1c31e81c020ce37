package io.riffle.infra.cli;

import io.riffle.operations.access.PasswordHash;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle console hash}. */
@Command(
    name = "hash",
    description = "The hash of a password, for the console's file of users; asks for the password.")
final class ConsoleHashCommand implements Callable<Integer> {
  private static final int SHORTEST = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--password",
      required = true,
      interactive = true,
      arity = "0..1",
      prompt = "Password: ",
      description = "Asked for, unless it stands here, where others could read it")
  private char[] password;

  @Override
  public Integer call() {
    if (password.length < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(), "a password has at least " + SHORTEST + " characters");
    }
    System.out.println(PasswordHash.of(password).text());
    return Riffle.OK;
  }
}
