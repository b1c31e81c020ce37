package io.riffle.infra.component;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The cheap question before the real one: does anything listen? */
final class Tcp {
  private Tcp() {}

  static void connect(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    } catch (IOException e) {
      throw new IOException("nothing listens on port " + port, e);
    }
  }
}
