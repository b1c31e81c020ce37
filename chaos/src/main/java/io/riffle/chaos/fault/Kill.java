package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;

/** kill -9 of a service. */
record Kill(String name, String service, ChaosStack stack) implements Fault {

  @Override
  public void inject() {
    stack.services().kill(service);
  }

  @Override
  public void heal() {
    // it is started with all that are down
  }
}
