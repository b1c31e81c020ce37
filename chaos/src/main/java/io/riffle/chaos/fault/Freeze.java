package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** SIGSTOP for a service and all its children; SIGCONT heals. */
final class Freeze implements Fault {

  private final String name;
  private final String service;
  private final ChaosStack stack;
  private List<Long> frozen = List.of();

  Freeze(String name, String service, ChaosStack stack) {
    this.name = name;
    this.service = service;
    this.stack = stack;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void inject() throws IOException, InterruptedException {
    if (stack.services().isRunning(service)) {
      frozen = family(stack.services().process(service).pid());
      signal("STOP");
    }
  }

  @Override
  public void heal() throws IOException, InterruptedException {
    signal("CONT");
  }

  private static List<Long> family(long parent) {
    List<Long> pids = new ArrayList<>(List.of(parent));
    ProcessHandle.of(parent)
        .ifPresent(handle -> handle.descendants().map(ProcessHandle::pid).forEach(pids::add));
    return pids;
  }

  /** Those that have ended meanwhile are passed over. */
  private void signal(String signal) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    frozen.stream()
        .filter(pid -> ProcessHandle.of(pid).isPresent())
        .map(String::valueOf)
        .forEach(command::add);
    if (command.size() > 2) {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
