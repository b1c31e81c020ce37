package io.riffle.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A server in a JVM of its own, which can be killed and started again. The child ends when this JVM
 * does, however that ends: it reads a pipe from here ({@link ServerMain}).
 */
final class ServerJvm implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int LOG_TAIL = 4_000;

  private final List<String> command;
  private final Path log;
  private final Callable<Boolean> ready;
  private Process process;

  private ServerJvm(List<String> command, Path log, Callable<Boolean> ready) {
    this.command = command;
    this.log = log;
    this.ready = ready;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param jvmOptions heap and system properties
   * @param log where the server's output goes
   * @param ready asked until true; exceptions count as not yet
   */
  static ServerJvm start(
      String classPath,
      List<String> jvmOptions,
      List<String> mainAndArguments,
      Path log,
      Callable<Boolean> ready) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.add(ServerMain.class.getName());
    command.addAll(mainAndArguments);
    ServerJvm server = new ServerJvm(command, log, ready);
    server.start();
    return server;
  }

  /** Whether something accepts connections on the port. */
  static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  synchronized void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady(process);
  }

  /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
  synchronized void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  synchronized void freeze() {
    Signals.freeze(process);
  }

  synchronized void resume() {
    Signals.resume(process);
  }

  synchronized boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    kill();
  }

  private void awaitReady(Process started) {
    try {
      await()
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .ignoreExceptions()
          .until(() -> !started.isAlive() || ready.call());
    } catch (RuntimeException e) {
      started.destroyForcibly();
      throw new IllegalStateException("server not ready:\n" + logTail(), e);
    }
    if (!started.isAlive()) {
      throw new IllegalStateException("server ended:\n" + logTail());
    }
  }

  private String logTail() {
    try {
      String text = Files.readString(log, StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - LOG_TAIL));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
