package io.riffle.chaos.fault;

/**
 * Something that goes wrong. Injected once, then healed once; a service that is down afterwards is
 * started by who heals.
 */
public interface Fault {

  /** For reports, such as {@code kill kafka}. */
  String name();

  /** Makes it go wrong; returns when it has. */
  void inject() throws Exception;

  /** Takes back what a start of the services does not. */
  void heal() throws Exception;
}
