package io.riffle.producer;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a part of a producer in this JVM tells operators. */
final class PauseOf {

  private PauseOf() {}

  /** An attribute of the part's MBean; empty while there is none. */
  static String attribute(ProducerStack stack, String part, String attribute) {
    String name = "io.riffle:type=Pause,set=" + stack.topics().set() + ",part=" + part;
    try {
      return String.valueOf(
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute));
    } catch (JMException e) {
      return "";
    }
  }
}
