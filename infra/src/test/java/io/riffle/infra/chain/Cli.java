package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.cli.Riffle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code riffle} command within this JVM, for the stack of a folder. */
public final class Cli {

  private final Path home;

  /**
   * @param home the stack's folder
   */
  public Cli(Path home) {
    this.home = home;
  }

  /** What a command printed. */
  public record Printed(int exitCode, String out, String err) {}

  /** Runs a command that must end with this exit code. */
  public Printed run(int exitCode, String... arguments) {
    Printed printed = run(arguments);
    assertThat(printed.exitCode())
        .as(String.join(" ", arguments) + ": " + printed.err())
        .isEqualTo(exitCode);
    return printed;
  }

  /** Runs a command, one at a time: they share stdout. */
  public Printed run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("--home", home.toString()));
    line.addAll(List.of(arguments));
    synchronized (Cli.class) {
      PrintStream realOut = System.out;
      PrintStream realErr = System.err;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      try {
        int exitCode = Riffle.run(line.toArray(String[]::new));
        return new Printed(
            exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
      } finally {
        System.setOut(realOut);
        System.setErr(realErr);
      }
    }
  }
}
