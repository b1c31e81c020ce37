package io.riffle.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * Makes the controller write down that its killed broker is gone, before that broker starts again.
 *
 * <p>Without this a killed single node can lose a commit that the producer was told of. Kafka says
 * "committed" once the decision is in the transaction log; the markers in the partitions follow. A
 * node killed in between starts with the leaders it had when it died, loads the transaction log and
 * tries to send the markers to itself, in vain: it takes no connections before it is registered,
 * and it cannot register before its old session has ended. Registering then takes the leaders away
 * for some milliseconds. Kafka 4.3 and 4.4 take a partition without a leader for a deleted one
 * (KAFKA-20734) and close the transaction without its marker: readers of committed records stop
 * there for ever. A node that starts without leaders gets them only when it can send markers.
 */
final class KilledBroker {
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private KilledBroker() {}

  /** Whether the storage is from a broker that did not end by itself. */
  static boolean in(Path log) {
    return Files.exists(log.resolve("meta.properties"))
        && !Files.exists(log.resolve(CLEAN_SHUTDOWN));
  }

  /** Runs the controller alone until it has fenced the broker. */
  static void fence(Path properties) throws IOException {
    KafkaRaftServer controller =
        new KafkaRaftServer(KafkaConfig.fromProps(controllerAlone(properties)), Time.SYSTEM);
    controller.startup();
    try {
      await("broker fenced")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(JMException.class)
          .until(KilledBroker::isFenced);
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static Properties controllerAlone(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    properties.setProperty("process.roles", "controller");
    properties.setProperty("listeners", properties.getProperty("listeners").split(",", -1)[1]);
    properties.remove("inter.broker.listener.name");
    properties.remove("advertised.listeners");
    // Nobody can be alive: there is nothing to wait for.
    properties.setProperty("broker.heartbeat.interval.ms", "50");
    properties.setProperty("broker.session.timeout.ms", "100");
    return properties;
  }

  private static boolean isFenced() throws JMException {
    ObjectName fenced =
        new ObjectName("kafka.controller:type=KafkaController,name=FencedBrokerCount");
    Object count = ManagementFactory.getPlatformMBeanServer().getAttribute(fenced, "Value");
    return ((Number) count).intValue() > 0;
  }
}
