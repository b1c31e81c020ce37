package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.client.Rest;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;

/**
 * The sink's tasks are restarted all the time: its group does nothing but distribute partitions.
 */
final class RestartedTasks implements Fault {

  private static final long PAUSE_MILLIS = 400;

  private final String name;
  private final URI restart;
  private Thread thread;

  RestartedTasks(String name, ChaosStack stack) {
    this.name = name;
    String connector = new Topics(stack.endpoints().set().text()).sinkConnector();
    this.restart =
        stack
            .endpoints()
            .connectUrl()
            .resolve("/connectors/" + connector + "/restart?includeTasks=true");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void inject() {
    thread = new Thread(this::run, "chaos-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void heal() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        restart();
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** A worker that is busy with the last restart, or down, takes the next one. */
  private void restart() throws InterruptedException {
    try {
      Rest.sendJson("POST", restart, "");
    } catch (IOException e) {
      // it was asked
    }
  }
}
