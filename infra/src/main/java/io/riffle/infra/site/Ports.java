package io.riffle.infra.site;

import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The stack's ports by name ({@code kafka}, {@code kafka-controller}, ...), kept in a file so that
 * they stay the same from one start to the next while nobody else takes them. Thread-safe.
 */
public final class Ports {
  /** Ends the name of a further port of a server, for clients that come by its proxy. */
  public static final String BEHIND_PROXY = "-behind-proxy";

  private final Path file;
  private final PortPolicy policy;
  private final Map<String, Integer> byName;
  private final Map<String, Integer> proxies = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  private Ports(Path file, PortPolicy policy, Map<String, Integer> byName) {
    this.file = file;
    this.policy = policy;
    this.byName = byName;
  }

  public static Ports load(Path file, PortPolicy policy) {
    Map<String, Integer> byName = new TreeMap<>();
    StoredProperties.read(file).forEach((name, port) -> byName.put(name, Integer.parseInt(port)));
    return new Ports(file, policy, byName);
  }

  /** The port of that name, as last assigned. */
  public synchronized int get(String name) {
    Integer port = byName.get(name);
    if (port == null) {
      throw new StackException(
          "this stack has never been up (no port of " + name + " is known): run 'riffle up' first");
    }
    return port;
  }

  /**
   * Clients within the stack are told the port of a proxy, which is not the stack's, instead of the
   * server's own; not kept in the file.
   */
  public synchronized void putBefore(String name, int proxy) {
    proxies.put(name, proxy);
  }

  /** Where the proxy before a server connects to. */
  public synchronized int behindProxy(String name) {
    return get(knows(name + BEHIND_PROXY) ? name + BEHIND_PROXY : name);
  }

  /** Whether clients reach that server by a proxy. */
  public synchronized boolean hasProxy(String name) {
    return proxies.containsKey(name);
  }

  /** The port that clients within the stack are told. */
  public synchronized int told(String name) {
    return hasProxy(name) ? proxies.get(name) : get(name);
  }

  public synchronized boolean knows(String name) {
    return byName.containsKey(name);
  }

  /**
   * Makes sure that a service that does not run has a free port: the last one, else the usual one,
   * else any. A change from the usual one is noted for the user.
   */
  public synchronized int assign(String name, int usual) {
    Integer last = byName.get(name);
    int port = last != null && isFree(last) ? last : fresh(usual);
    byName.put(name, port);
    if (policy == PortPolicy.USUAL && port != usual) {
      notes.add(name + " listens on port " + port + ", because " + usual + " was taken");
    }
    save();
    return port;
  }

  /** What the user should be told about ports, once. */
  public synchronized List<String> takeNotes() {
    List<String> taken = List.copyOf(notes);
    notes.clear();
    return taken;
  }

  private int fresh(int usual) {
    if (policy == PortPolicy.USUAL && isFree(usual) && !byName.containsValue(usual)) {
      return usual;
    }
    for (int attempt = 0; attempt < 20; attempt++) {
      int port = anyFree();
      if (!byName.containsValue(port)) {
        return port;
      }
    }
    throw new StackException("no free port found");
  }

  /** Free on all addresses: another program's wildcard listener counts as taken too. */
  static boolean isFree(int port) {
    return binds(new InetSocketAddress(port))
        && binds(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean binds(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      // a port in TIME_WAIT is free for a server
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void save() {
    Properties properties = new Properties();
    byName.forEach((name, port) -> properties.setProperty(name, Integer.toString(port)));
    if (Files.isDirectory(file.toAbsolutePath().getParent())) {
      StoredProperties.write(file, properties, "rw-r--r--");
    }
  }
}
