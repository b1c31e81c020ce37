package io.riffle.infra.pauses;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Asks JVMs of this machine and user for the parts that pause ({@code io.riffle:type=Pause,*}): by
 * the attach API, so that no program has to open a port for it beforehand. A JVM that does not
 * answer in time has nothing to say.
 */
public final class PauseReader {
  private static final String PATTERN = "io.riffle:type=Pause,*";

  private PauseReader() {}

  /** The paused parts of a process, those that stand still for longest first. */
  public static List<PausedPart> read(long pid, Duration patience) {
    FutureTask<List<PausedPart>> question = new FutureTask<>(() -> ask(pid));
    // A daemon: one that hangs in a stopped JVM must not keep this one alive.
    Thread thread = new Thread(question, "pauses-of-" + pid);
    thread.setDaemon(true);
    thread.start();
    try {
      return question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @SuppressWarnings("BanJNDI") // the address has no name to look up: a process of ours gave it
  private static List<PausedPart> ask(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try (JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      return paused(connector.getMBeanServerConnection());
    } finally {
      machine.detach();
    }
  }

  static List<PausedPart> paused(MBeanServerConnection server) throws IOException, JMException {
    List<PausedPart> parts = new ArrayList<>();
    for (ObjectName name : server.queryNames(new ObjectName(PATTERN), null)) {
      try {
        if (number(server, name, "Paused") > 0) {
          parts.add(part(server, name));
        }
      } catch (InstanceNotFoundException e) {
        // It ended meanwhile.
      }
    }
    parts.sort(Comparator.comparing(PausedPart::since));
    return parts;
  }

  private static PausedPart part(MBeanServerConnection server, ObjectName name)
      throws IOException, JMException {
    String since = text(server, name, "Since");
    return new PausedPart(
        plain(name, "set"),
        plain(name, "part"),
        text(server, name, "State").equals("STOPPED"),
        since.isEmpty() ? Instant.now() : Instant.parse(since), // it went on meanwhile
        text(server, name, "Neighbour"),
        text(server, name, "Verdict"),
        text(server, name, "Cause"),
        text(server, name, "Text"),
        number(server, name, "Failures"));
  }

  private static String plain(ObjectName name, String key) {
    String value = name.getKeyProperty(key);
    return value.startsWith("\"") ? ObjectName.unquote(value) : value;
  }

  private static String text(MBeanServerConnection server, ObjectName name, String attribute)
      throws IOException, JMException {
    return (String) server.getAttribute(name, attribute);
  }

  private static int number(MBeanServerConnection server, ObjectName name, String attribute)
      throws IOException, JMException {
    return (Integer) server.getAttribute(name, attribute);
  }
}
