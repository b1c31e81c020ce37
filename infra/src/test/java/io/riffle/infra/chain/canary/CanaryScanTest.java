package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scan finds what is planted; that of the database is shown in {@link CanaryIT} itself. */
class CanaryScanTest {

  private static final String PLANTED = "a line with " + Canary.TEXT + "7";

  /** An MBean with a canary in its value. */
  public interface PlantMBean {
    String getPlanted();
  }

  /** Grows where it is planted. */
  public static final class Plant implements PlantMBean {
    @Override
    public String getPlanted() {
      return PLANTED;
    }
  }

  @Test
  void findsEachCanaryAndNothingElse() {
    for (String canary : List.of(Canary.TEXT, Canary.KEY, Canary.AMOUNT, Canary.DATE)) {
      assertThat(Canary.in("x" + canary + "y")).hasValue(canary);
      assertThat(Canary.in(("\0\u00e9" + canary).getBytes(UTF_8))).hasValue(canary);
    }
    assertThat(Canary.in("topic id ZQx7Zq-_Q, offset 86753")).isEmpty();
  }

  @Test
  void findsALineOfALog(@TempDir Path folder) throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("old")).resolve("kafka.log"), "fine\n");
    Files.writeString(folder.resolve("kafka.log"), "fine\n" + PLANTED + "\n");

    assertThat(FolderScan.of(folder).places()).containsExactly("kafka.log:2: " + Canary.TEXT);
  }

  @Test
  void findsAttributesNamesAndThreadsOfAJvm() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("planted", "key", "a" + Canary.KEY);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> awaitQuietly(end), "worker-" + Canary.TEXT);
    server.registerMBean(new Plant(), name);
    thread.start();
    try {
      assertThat(JvmScan.of(server).places())
          .contains(
              "MBean planted: " + Canary.KEY,
              "MBean planted:key=a" + Canary.KEY + " Planted: " + Canary.TEXT,
              "thread: " + Canary.TEXT);
    } finally {
      end.countDown();
      server.unregisterMBean(name);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tellsKeysValuesAndHeadersApart() {
    ConsumerRecord<byte[], byte[]> inKey =
        new ConsumerRecord<>("in-key", 0, 0, PLANTED.getBytes(UTF_8), null);
    ConsumerRecord<byte[], byte[]> inValue =
        new ConsumerRecord<>("in-value", 0, 0, null, PLANTED.getBytes(UTF_8));
    ConsumerRecord<byte[], byte[]> inHeader = new ConsumerRecord<>("in-header", 0, 0, null, null);
    inHeader.headers().add("error", PLANTED.getBytes(UTF_8));
    try (TopicScan scan = new TopicScan("127.0.0.1:1")) {
      List.of(inKey, inValue, inHeader).forEach(scan::look);

      assertThat(scan.keys().places()).containsExactly("in-key: " + Canary.TEXT);
      assertThat(scan.values().places()).containsExactly("in-value: " + Canary.TEXT);
      assertThat(scan.headers().places()).containsExactly("in-header: " + Canary.TEXT);
    }
  }

  @Test
  void readsWhatACommandPrints() {
    String[] version = {"--version"};

    Sightings printed = CommandOutput.of(List.of(), List.of(List.of(version)));

    assertThat(printed.looks()).isPositive();
    assertThat(printed.places()).isEmpty();
  }
}
