package io.riffle.failure;

/**
 * What operators and metrics see of a part of a program, as {@code
 * io.riffle:type=Pause,set=…,part=…}. No attribute ever holds a key or a value of a record.
 */
public interface PauseMXBean {
  /** WORKING, PAUSED, or STOPPED: it will not go on by itself. */
  String getState();

  /** 1 while it is paused or stopped, else 0. */
  int getPaused();

  /** Who failed; empty while it works, as the next four. */
  String getNeighbour();

  /** PASSING, SYSTEMIC or FATAL. */
  String getVerdict();

  /** What the neighbour said: SQLSTATE, HTTP status, name of an exception. */
  String getCause();

  /** In words. */
  String getText();

  /** Since when, ISO 8601, UTC. */
  String getSince();

  /** Failures in a row; 0 while it works. */
  int getFailures();

  /** How often it has paused since its start, this time included. */
  long getPauses();

  /** How long it was paused since its start, in seconds, this time included. */
  double getSecondsPaused();
}
