package io.riffle.infra.stack;

/** What a look at a service's process tells. */
public enum ServiceState {
  RUNNING,
  /** Never started, or stopped by us. */
  STOPPED,
  /** Was started and is gone without our doing. */
  FAILED
}
