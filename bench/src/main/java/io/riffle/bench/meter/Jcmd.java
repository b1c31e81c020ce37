package io.riffle.bench.meter;

import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Diagnostic commands of JVMs, by the JDK's {@code jcmd}. */
public final class Jcmd {

  private Jcmd() {}

  /**
   * Sends a command.
   *
   * @return what the JVM answered
   * @throws StackException when there is no jcmd, or the JVM did not obey
   */
  public static String send(long pid, String... command) throws InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    words.add(Long.toString(pid));
    words.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new StackException("jcmd " + String.join(" ", command) + " failed: " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new StackException("cannot run jcmd; it comes with a JDK: " + e.getMessage(), e);
    }
  }
}
