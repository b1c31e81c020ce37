package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffle.infra.cli.Riffle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code riffle} commands print, on either stream. */
final class CommandOutput {

  private CommandOutput() {}

  static Sightings of(List<String> options, List<List<String>> commands) {
    Sightings sightings = new Sightings();
    for (List<String> command : commands) {
      List<String> line = new ArrayList<>(command);
      line.addAll(options);
      print(line).lines().forEach(text -> sightings.look("riffle " + command, text));
    }
    return sightings;
  }

  /** What a command ended with, and all that it printed. */
  record Printed(int code, String text) {}

  /** One command for the stack of this folder. */
  static Printed run(Path home, String... command) {
    List<String> line = new ArrayList<>(List.of("--home", home.toString()));
    line.addAll(List.of(command));
    int[] code = new int[1];
    String text = printed(() -> code[0] = Riffle.run(line.toArray(String[]::new)));
    return new Printed(code[0], text);
  }

  private static String print(List<String> line) {
    return printed(() -> Riffle.run(line.toArray(String[]::new)));
  }

  private static String printed(Runnable command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      command.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString(UTF_8);
  }
}
