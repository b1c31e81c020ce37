package io.riffle.infra.component;

import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that run to their end while we wait. */
final class Tool {
  private Tool() {}

  /**
   * @param what for the message: "format Kafka's storage"
   * @throws StackException with the program's output when it fails
   */
  static void run(String what, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new StackException("cannot " + what + ":\n" + output.strip());
      }
    } catch (IOException e) {
      throw new StackException("cannot " + what + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted: " + what, e);
    }
  }

  /** True when the program exists and ends with 0. */
  static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
