package io.riffle.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Listens on a port of this machine, connects each client to a server of this machine, and does to
 * all connections what it is told, until {@link #heal}. Thread-safe.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.before(5432)) {
 *   connect(proxy.port());
 *   proxy.halfOpen(Direction.TO_CLIENT); // requests arrive, answers do not
 *   proxy.heal();
 * }
 * }</pre>
 */
public final class TcpProxy implements AutoCloseable {

  /** Small, so that a sender notices soon that nobody reads. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private static final int BACKLOG = 128;

  private final Listener listener;
  private final IntSupplier target;
  private final Conditions conditions;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  private TcpProxy(ServerSocket socket, IntSupplier target, long seed) {
    this.target = target;
    this.conditions = new Conditions(seed);
    this.listener = Listener.start(socket, "proxy", this::serve);
  }

  /** On any free port. */
  public static TcpProxy before(int target) {
    return at(0, () -> target, 0);
  }

  /**
   * On a certain port.
   *
   * @param port 0 for any free one
   * @param target asked for each connection
   * @param seed decides which chunks reset their connection
   */
  public static TcpProxy at(int port, IntSupplier target, long seed) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return new TcpProxy(socket, target, seed);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
  }

  /** Where it listens, at 127.0.0.1. */
  public int port() {
    return listener.port();
  }

  /** How many connections there are. */
  public int connections() {
    return links.size();
  }

  /** Delay, a limit of bytes, resets at random. */
  public void weather(Weather weather) {
    conditions.weather(weather);
  }

  /** Resets all connections and each new one. */
  public void cut() {
    conditions.cut();
    links.forEach(Link::reset);
    conditions.tellThoseWhoWait();
  }

  /**
   * Nothing gets through in these directions (none named: in both), not even that a side is gone,
   * while connections stay open and new ones are taken. After {@link #heal} everything arrives,
   * late.
   */
  public void halfOpen(Direction... directions) {
    List<Direction> named = List.of(directions);
    conditions.stop(named.isEmpty() ? List.of(Direction.values()) : named);
  }

  /**
   * Holds back the first connection that sends a certain chunk, from it on.
   *
   * @param first shown each chunk of all connections, of up to 64 KiB, that goes in that direction
   */
  public Hold hold(Direction direction, Predicate<byte[]> first) {
    Hold hold = new Hold(direction, first);
    conditions.hold(hold);
    return hold;
  }

  /** Everything works again; what was held back arrives. */
  public void heal() {
    conditions.heal();
  }

  @Override
  public void close() {
    cut();
    conditions.heal();
    listener.close();
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    Link link = new Link(client, server);
    links.add(link);
    if (conditions.isCut()) {
      end(link);
      return;
    }
    try {
      conditions.awaitForwarding(Direction.TO_SERVER, link);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Pump answers = pump(link, Direction.TO_CLIENT);
      Listener.thread(Thread.currentThread().getName() + "-back", answers).start();
      pump(link, Direction.TO_SERVER).run();
    } catch (IOException e) {
      end(link);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(link);
    }
  }

  private Pump pump(Link link, Direction direction) {
    return new Pump(link, direction, conditions, () -> links.remove(link));
  }

  private void end(Link link) {
    links.remove(link); // first: who is reset is not counted any more
    link.reset();
  }
}
