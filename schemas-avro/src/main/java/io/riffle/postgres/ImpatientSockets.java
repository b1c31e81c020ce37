package io.riffle.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import javax.net.SocketFactory;

/**
 * Sockets for the Postgres driver whose writes fail when the server takes nothing for as long as
 * the property {@code socketTimeout} allows it to say nothing.
 *
 * <p>The driver's time-out bounds reads only. A write to a server that is gone without a word, or
 * that does not read, blocks when the buffers on the way are full, as they are in the middle of a
 * COPY: for a quarter of an hour where the network is gone, and without an end where something on
 * the way still acknowledges.
 *
 * <p>Public because the driver makes it: {@code socketFactory} names it.
 */
public final class ImpatientSockets extends SocketFactory {
  private static final String SOCKET_TIMEOUT = "socketTimeout";
  private static final String SOCKET_FACTORY = "socketFactory";

  private final Duration patience;

  /**
   * For the driver.
   *
   * @param properties of the connection; {@code socketTimeout} in seconds
   */
  public ImpatientSockets(Properties properties) {
    this(Duration.ofSeconds(Long.parseLong(properties.getProperty(SOCKET_TIMEOUT, "0"))));
  }

  /**
   * @param patience zero for writes without a limit
   */
  ImpatientSockets(Duration patience) {
    this.patience = patience;
  }

  /** Lets a connection neither read nor write for longer than that without getting on. */
  public static void limit(Properties connection, Duration patience) {
    connection.setProperty(SOCKET_TIMEOUT, Long.toString(Math.max(1, patience.toSeconds())));
    connection.setProperty(SOCKET_FACTORY, ImpatientSockets.class.getName());
  }

  @Override
  public Socket createSocket() {
    return new ImpatientSocket(patience);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetAddress.getByName(host), port, null, 0);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(host, port, null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(host, port, local, localPort);
  }

  private Socket connected(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(new InetSocketAddress(local, localPort));
      socket.connect(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
