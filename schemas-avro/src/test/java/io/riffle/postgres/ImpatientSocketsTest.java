package io.riffle.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets, and a server that does not read. */
@Timeout(60)
class ImpatientSocketsTest {
  /** More than the buffers of a connection hold. */
  private static final byte[] MUCH = new byte[64 * 1024 * 1024];

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aWriteThatNobodyTakesEnds() throws IOException {
    try (Socket socket = connected(new ImpatientSockets(Duration.ofMillis(300)).createSocket());
        Socket peer = server.accept()) {
      assertThatThrownBy(() -> socket.getOutputStream().write(MUCH))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("nothing was taken");
      assertThat(socket.isClosed()).isTrue();
      assertThat(peer.isClosed()).isFalse();
    }
  }

  @Test
  void whatIsTakenInTimeGoesThrough() throws IOException {
    try (Socket socket = connected(new ImpatientSockets(Duration.ofSeconds(20)).createSocket());
        Socket peer = server.accept()) {
      socket.getOutputStream().write(7);
      socket.getOutputStream().write(new byte[] {8, 9, 10}, 1, 2);
      socket.getOutputStream().close();

      assertThat(peer.getInputStream().readAllBytes()).containsExactly(7, 9, 10);
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void theDriversPropertySaysHowLong() throws IOException {
    Properties properties = new Properties();
    ImpatientSockets.limit(properties, Duration.ofMillis(1_100));
    assertThat(properties)
        .containsEntry("socketTimeout", "1")
        .containsEntry("socketFactory", ImpatientSockets.class.getName());

    try (Socket socket =
            new ImpatientSockets(properties)
                .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      assertThat(peer.isConnected()).isTrue();
      assertThatThrownBy(() -> socket.getOutputStream().write(MUCH))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("1 s");
    }
  }

  private Socket connected(Socket socket) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
    return socket;
  }
}
