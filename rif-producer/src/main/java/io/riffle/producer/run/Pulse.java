package io.riffle.producer.run;

/** Told by a session that it is well. Safe for use by several threads. */
public interface Pulse {

  /** Work was done that needs every neighbour. */
  void worked();

  /** There was nothing to do; after a while that counts as being well, too. */
  void idle();
}
