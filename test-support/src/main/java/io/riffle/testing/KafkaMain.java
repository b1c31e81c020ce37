package io.riffle.testing;

import java.io.IOException;
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
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path log = Path.of(arguments[1]);
    if (!Files.exists(log.resolve("meta.properties"))) {
      format(arguments[0]);
    } else if (KilledBroker.in(log)) {
      KilledBroker.fence(Path.of(arguments[0]));
    }
    Kafka.main(new String[] {arguments[0]});
  }

  private static void format(String properties) {
    String[] format = {"format", "-t", CLUSTER_ID, "-c", properties};
    if (StorageTool.execute(format, System.out) != 0) {
      throw new IllegalStateException("storage not formatted");
    }
  }
}
