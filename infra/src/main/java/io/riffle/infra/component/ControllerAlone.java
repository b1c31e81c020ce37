package io.riffle.infra.component;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Runs a node's Kafka controller without its broker until the broker counts as fenced, then ends.
 *
 * <p>A program of its own that {@link Kafka} runs on Kafka's class path after the node was killed;
 * public because the {@code java} command starts it. Uses nothing but the JDK for that reason.
 */
public final class ControllerAlone {
  /** Long for a controller that loads; a node killed before its broker registered waits in vain. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final String FENCED =
      "kafka.controller:type=KafkaController,name=FencedBrokerCount";

  private ControllerAlone() {}

  /** The controller's properties file. Ends with 0, or with another status if Kafka fails. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(ControllerAlone::awaitFenced, "await-fenced");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName("kafka.Kafka")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  /** Exits, upon which Kafka's shutdown hook stops the controller in order. */
  private static void awaitFenced() {
    long start = System.nanoTime();
    while (!isFenced() && System.nanoTime() - start < LIMIT.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    System.exit(0);
  }

  private static boolean isFenced() {
    try {
      Object count =
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(FENCED), "Value");
      return ((Number) count).intValue() > 0;
    } catch (JMException e) {
      // The controller has not got that far.
      return false;
    }
  }
}
