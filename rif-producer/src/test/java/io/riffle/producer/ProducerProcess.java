package io.riffle.producer;

import io.riffle.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as a process, as in production. */
final class ProducerProcess {
  private ProducerProcess() {}

  /**
   * Starts it with a heap of 256 MB.
   *
   * @param settings as its properties file has them
   * @param folder for that file and its log
   * @param jvmOptions the last of those that contradict each other counts
   */
  static ChildJvm start(Map<String, String> settings, Path folder, String... jvmOptions) {
    List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    options.addAll(List.of(jvmOptions));
    try {
      Path file = Files.createTempFile(folder, "producer", ".properties");
      Files.write(file, settings.entrySet().stream().map(ProducerProcess::line).toList());
      return ChildJvm.start(
          options,
          List.of(RifProducer.class.getName()),
          Map.of("RIFFLE_CONFIG", file.toString()),
          Files.createTempFile(folder, "producer", ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }
}
