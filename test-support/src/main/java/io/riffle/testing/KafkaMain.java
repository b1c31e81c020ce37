package io.riffle.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Formats the storage if it is new, then runs a broker: one JVM instead of two.
 *
 * <p>Public because {@link ServerMain} starts it in the child JVM.
 */
public final class KafkaMain {
  private static final String CLUSTER_ID = "UmlmZmxlVGVzdENsdXN0ZQ";

  private KafkaMain() {}

  /** The properties file and the folder of the log. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
      String[] format = {"format", "-t", CLUSTER_ID, "-c", arguments[0]};
      if (StorageTool.execute(format, System.out) != 0) {
        throw new IllegalStateException("storage not formatted");
      }
    }
    Kafka.main(new String[] {arguments[0]});
  }
}
