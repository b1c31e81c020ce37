package io.riffle.infra.chain.canary;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks through a JVM: names and attributes of all MBeans, which the metrics are, and threads. */
final class JvmScan {

  private JvmScan() {}

  /** Of a process of this machine and user. */
  @SuppressWarnings("BanJNDI") // the process is one that this test has started
  static Sightings of(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try (JMXConnector connector =
        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
      return of(connector.getMBeanServerConnection());
    } finally {
      machine.detach();
    }
  }

  static Sightings of(MBeanServerConnection server) throws IOException {
    Sightings sightings = new Sightings();
    for (ObjectName name : server.queryNames(null, null)) {
      sightings.look("MBean " + name.getDomain(), name.getCanonicalName());
      attributes(server, name, sightings);
    }
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    for (ThreadInfo thread : threads.dumpAllThreads(true, true)) {
      sightings.look("thread", thread.getThreadName());
      sightings.look("thread dump", thread.toString());
    }
    return sightings;
  }

  private static void attributes(MBeanServerConnection server, ObjectName name, Sightings sightings)
      throws IOException {
    try {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        attribute(server, name, attribute.getName(), sightings);
      }
    } catch (JMException e) {
      // gone since it was listed
    }
  }

  private static void attribute(
      MBeanServerConnection server, ObjectName name, String attribute, Sightings sightings)
      throws IOException {
    String place = "MBean " + name + " " + attribute;
    sightings.look(place, attribute);
    try {
      sightings.look(place, text(server.getAttribute(name, attribute)));
    } catch (JMException | JMRuntimeException e) {
      sightings.look(place, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (!(e.getCause() instanceof ClassNotFoundException)) {
        throw e;
      }
      // a value of a class that only that program has
    }
  }

  private static String text(Object value) {
    if (value instanceof CompositeData composite) {
      return text(composite.values());
    } else if (value instanceof TabularData table) {
      return text(table.values());
    } else if (value instanceof Collection<?> collection) {
      return collection.stream().map(JvmScan::text).toList().toString();
    } else if (value instanceof Map<?, ?> map) {
      return text(map.keySet()) + text(map.values());
    } else if (value != null && value.getClass().isArray()) {
      StringBuilder items = new StringBuilder();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.append(text(Array.get(value, i))).append(' ');
      }
      return items.toString();
    }
    return String.valueOf(value);
  }
}
