package io.riffle.infra.chain.pages;

import io.riffle.infra.component.Console;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Users of the stack's console beside its own: whoever writes the file has them at once. */
final class Accounts {
  static final String OPERATOR = "odile";
  static final String VIEWER = "vera";
  static final String ADMIN = Console.USER;

  /** Few: it is no secret, and a sign-in is not to take long. */
  private static final int ITERATIONS = 1_000;

  private static final String PASSWORD = "of a test that clicks";

  private final LocalStack stack;

  Accounts(LocalStack stack) {
    this.stack = stack;
  }

  /** Puts them into the file of users, unless they are there. */
  void write() throws IOException {
    Path file = stack.home().resolve("console-users");
    String users = Files.readString(file);
    if (!users.contains(OPERATOR)) {
      String hash = PasswordHash.of(PASSWORD.toCharArray(), ITERATIONS).text();
      Path next = file.resolveSibling("console-users.next");
      Files.writeString(
          next, "%s%s:operator:%s\n%s:viewer:%s\n".formatted(users, OPERATOR, hash, VIEWER, hash));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  String password(String name) {
    return name.equals(ADMIN) ? stack.consolePassword() : PASSWORD;
  }
}
