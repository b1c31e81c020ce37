package io.riffle.failure;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pause in the MBean server, for as long as none of the same name takes its place, as one does
 * when a worker gives up on a task that hangs. A part that cannot be shown works all the same.
 */
final class Registered extends StandardMBean {
  private static final Logger log = LoggerFactory.getLogger(Registered.class);

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private volatile ObjectName shownAs;

  private Registered(PauseMXBean pause) {
    super(pause, PauseMXBean.class, true);
  }

  static Registered as(String set, String part, PauseMXBean pause) {
    Registered registered = new Registered(pause);
    try {
      registered.show(
          new ObjectName("io.riffle:type=Pause,set=" + quoted(set) + ",part=" + quoted(part)));
    } catch (JMException e) {
      log.atWarn().addKeyValue("part", part).setCause(e).log("not to be seen by JMX");
    }
    return registered;
  }

  private void show(ObjectName name) throws JMException {
    if (server.isRegistered(name)) {
      server.unregisterMBean(name);
    }
    server.registerMBean(this, name);
  }

  /** Takes it away, unless another one has its place by now. */
  void remove() {
    ObjectName name = shownAs;
    if (name == null) {
      return;
    }
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      log.atDebug().addKeyValue("name", name).log("was not shown any more");
    } catch (JMException e) {
      log.atWarn().addKeyValue("name", name).setCause(e).log("still seen by JMX");
    }
  }

  @Override
  public ObjectName preRegister(MBeanServer into, ObjectName name) throws Exception {
    shownAs = name;
    return super.preRegister(into, name);
  }

  @Override
  public void postDeregister() {
    shownAs = null;
    super.postDeregister();
  }

  /** Names of sets and parts are plain; a connector's may be anything. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9._-]+") ? text : ObjectName.quote(text);
  }
}
