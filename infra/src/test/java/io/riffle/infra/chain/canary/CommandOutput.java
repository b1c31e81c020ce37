package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffle.infra.cli.Riffle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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

  private static String print(List<String> line) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      Riffle.run(line.toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString(UTF_8);
  }
}
