package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that stands still is taken for dead, and another one of the same name takes over; then
 * the first one wakes up. It has to end, by itself.
 */
final class Zombie implements Fault {

  private static final Duration TAKE_OVER = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofSeconds(15);
  private static final long POLL_MILLIS = 50;

  private final String name;
  private final String service;
  private final String whenActive;
  private final ChaosStack stack;
  private final Freeze first;
  private final Path log;
  private Process second;

  /**
   * A zombie.
   *
   * @param whenActive what the program logs when it has taken over
   */
  Zombie(String name, String service, String whenActive, ChaosStack stack) {
    this.name = name;
    this.service = service;
    this.whenActive = whenActive;
    this.stack = stack;
    this.first = new Freeze(name, service, stack);
    this.log = stack.logs().resolve(service + "-second-" + System.nanoTime() + ".log");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void inject() throws IOException, InterruptedException {
    if (!stack.services().isRunning(service)) {
      return;
    }
    first.inject();
    second = copyOf(stack.services().process(service).pid());
    long deadline = System.nanoTime() + TAKE_OVER.toNanos();
    while (second.isAlive() && !isActive() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void heal() throws IOException, InterruptedException {
    first.heal();
    if (second == null) {
      return;
    }
    if (isActive()) {
      stack.services().mayEnd(service);
      stack.services().process(service).awaitEnd(END);
    }
    second.destroyForcibly().waitFor();
  }

  private boolean isActive() throws IOException {
    return Files.readString(log).contains(whenActive);
  }

  /** Another process of the same command and environment. */
  private Process copyOf(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    ProcessBuilder builder =
        new ProcessBuilder(texts(proc.resolve("cmdline")))
            .directory(proc.resolve("cwd").toRealPath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    for (String variable : texts(proc.resolve("environ"))) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return builder.start();
  }

  /** Each ends with a zero. */
  private static List<String> texts(Path path) throws IOException {
    String all = Files.readString(path, StandardCharsets.UTF_8);
    return List.of(all.substring(0, all.length() - 1).split("\0", -1));
  }
}
