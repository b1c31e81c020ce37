package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;

/**
 * A stop by a signal that the service acts upon, in its own time or, as Postgres does on {@code
 * QUIT}, at once.
 */
record Stop(String name, String service, String signal, ChaosStack stack) implements Fault {

  @Override
  public void inject() {
    stack.services().stop(service, signal);
  }

  @Override
  public void heal() {
    // it is started with all that are down
  }
}
