package io.riffle.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Stands before a server of this machine that speaks HTTP/1.1 without TLS, such as an S3 server,
 * and lets some requests fail. Requests go through byte by byte (but for {@code Connection}), so
 * their signatures stay right; each has a connection of its own. Thread-safe.
 */
public final class HttpFaultProxy implements AutoCloseable {

  private final Listener listener;
  private final IntSupplier target;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch healed = new CountDownLatch(1);

  private HttpFaultProxy(ServerSocket socket, IntSupplier target) {
    this.target = target;
    this.listener = Listener.start(socket, "http-proxy", this::serve);
  }

  /** What some requests meet. */
  public static final class Rule {
    private final Predicate<HttpRequest> which;
    private final HttpFault fault;
    private final int most;
    private final AtomicInteger met = new AtomicInteger();

    private Rule(int most, Predicate<HttpRequest> which, HttpFault fault) {
      this.most = most;
      this.which = which;
      this.fault = fault;
    }

    /** How many requests have met it. */
    public int met() {
      return met.get();
    }

    private synchronized boolean meets(HttpRequest request) {
      if (met.get() < most && which.test(request)) {
        met.incrementAndGet();
        return true;
      }
      return false;
    }
  }

  /** On any free port. */
  public static HttpFaultProxy before(int target) {
    return before(() -> target);
  }

  /**
   * On any free port.
   *
   * @param target asked for each request
   */
  public static HttpFaultProxy before(IntSupplier target) {
    try {
      return new HttpFaultProxy(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, at 127.0.0.1. */
  public int port() {
    return listener.port();
  }

  /**
   * From now on, requests of a kind meet a fault; rules that are older go first.
   *
   * @param most so many of them at most
   */
  public Rule fail(int most, Predicate<HttpRequest> which, HttpFault fault) {
    Rule rule = new Rule(most, which, fault);
    rules.add(rule);
    return rule;
  }

  /** All requests are answered again; silence ends with the connection. */
  public void heal() {
    rules.clear();
    CountDownLatch before = healed;
    healed = new CountDownLatch(1);
    before.countDown();
  }

  @Override
  public void close() {
    heal();
    listener.close();
  }

  private void serve(Socket client) {
    try (client) {
      new HttpExchange(client, target.getAsInt(), healed).run(this::fault);
    } catch (IOException e) {
      Link.reset(client); // the server is away, or the client is
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<HttpFault> fault(HttpRequest request) {
    return rules.stream().filter(rule -> rule.meets(request)).findFirst().map(rule -> rule.fault);
  }
}
