package io.riffle.net;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection and the one to the server that stands for it. */
final class Link {

  private static final int BOTH = 2;

  private final Socket client;
  private final Socket server;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean closed;

  Link(Socket client, Socket server) {
    this.client = client;
    this.server = server;
  }

  Socket from(Direction direction) {
    return direction == Direction.TO_SERVER ? client : server;
  }

  Socket to(Direction direction) {
    return direction == Direction.TO_SERVER ? server : client;
  }

  boolean isClosed() {
    return closed;
  }

  /** Passes on that no more bytes will come; true when that holds for both directions now. */
  boolean end(Direction direction) throws IOException {
    to(direction).shutdownOutput();
    return ended.incrementAndGet() == BOTH;
  }

  /** After both ends: what is still on its way arrives, which a reset would throw away. */
  void close() {
    closed = true;
    close(client);
    close(server);
  }

  /** As a machine on the way does that wants to hear no more of it. */
  void reset() {
    closed = true;
    reset(client);
    reset(server);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it is closed already
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nobody can be told
    }
  }
}
