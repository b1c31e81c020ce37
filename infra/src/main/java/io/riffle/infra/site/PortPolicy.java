package io.riffle.infra.site;

/** Which ports a stack takes. */
public enum PortPolicy {
  /** The documented ones; a free one where that is taken. */
  USUAL,
  /** Any free ones: for tests, which share a machine. */
  FREE
}
