package io.riffle.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Takes connections until it is closed, and serves each in a thread of its own. */
final class Listener implements AutoCloseable {
  private final ServerSocket socket;
  private final String name;
  private final Consumer<Socket> serve;

  private Listener(ServerSocket socket, String name, Consumer<Socket> serve) {
    this.socket = socket;
    this.name = name + "-" + socket.getLocalPort();
    this.serve = serve;
  }

  /**
   * Starts to take connections.
   *
   * @param socket bound already
   * @param name what the names of its threads begin with
   */
  static Listener start(ServerSocket socket, String name, Consumer<Socket> serve) {
    Listener listener = new Listener(socket, name, serve);
    thread(listener.name, listener::accept).start();
    return listener;
  }

  /** A thread that keeps no JVM from ending. */
  static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        thread(name + "-" + client.getPort(), () -> serve.accept(client)).start();
      } catch (IOException e) {
        // closed, or a client that was gone at once
      }
    }
  }
}
