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
final class Cli {

  private final Path home;

  Cli(Path home) {
    this.home = home;
  }

  /** What a command printed. */
  record Printed(String out, String err) {}

  /** Runs a command that must end with this exit code. */
  Printed run(int exitCode, String... arguments) {
    List<String> line = new ArrayList<>(List.of("--home", home.toString()));
    line.addAll(List.of(arguments));
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(Riffle.run(line.toArray(String[]::new)))
          .as(String.join(" ", line))
          .isEqualTo(exitCode);
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    return new Printed(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
