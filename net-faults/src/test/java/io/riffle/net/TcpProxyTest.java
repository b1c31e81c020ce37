package io.riffle.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets before a server that sends back what it gets. */
class TcpProxyTest {

  private static final int SOON_MILLIS = 300;

  private final Echo server = new Echo();
  private final TcpProxy proxy = TcpProxy.at(0, server::port, 7);
  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    proxy.close();
    server.close();
  }

  @Test
  void bytesGoThroughAsTheyAreAndSoDoesTheirEnd() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    Socket client = connect();
    Thread writer =
        new Thread(
            () -> {
              try {
                client.getOutputStream().write(bytes);
                client.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();

    assertThat(client.getInputStream().readAllBytes()).isEqualTo(bytes);
    await().until(() -> proxy.connections() == 0);
    assertThat(server.ends).containsExactly("end");
  }

  @Test
  void aCutResetsWhatThereIsAndWhatComes() throws IOException {
    Socket before = connect();
    say(before, "a");
    hear(before, "a");

    proxy.cut();

    assertThatIOException().isThrownBy(() -> before.getInputStream().read());
    Socket during = connect();
    assertThatThrownBy(() -> readOrFail(during)).isInstanceOf(IOException.class);
    await().until(() -> server.ends.equals(List.of("reset")));
    proxy.heal();
    roundTrip("b");
  }

  @Test
  void halfOpenConnectionsStayAndEverythingArrivesLate() throws IOException {
    Socket client = connect();
    roundTrip(client, "a");
    proxy.halfOpen();

    say(client, "b");
    assertSilent(client);
    assertThat(server.received).hasValue(1);
    Socket other = connect();
    say(other, "c");
    assertSilent(other);

    proxy.heal();
    hear(client, "b");
    hear(other, "c");
  }

  @Test
  void aHalfOpenConnectionDoesNotTellThatASideIsGone() throws IOException {
    Socket client = connect();
    roundTrip(client, "a");
    proxy.halfOpen();
    say(client, "late");
    client.close();

    await().during(Duration.ofMillis(SOON_MILLIS)).until(server.ends::isEmpty);
    assertThat(server.received).hasValue(1);

    proxy.heal();
    await().until(() -> server.received.get() == 5);
    await().until(() -> server.ends.size() == 1);
  }

  @Test
  void oneDirectionCanBeOpenAlone() throws IOException {
    Socket client = connect();
    roundTrip(client, "a");
    proxy.halfOpen(Direction.TO_CLIENT);

    say(client, "bc");
    await().until(() -> server.received.get() == 3);
    assertSilent(client);

    proxy.heal();
    hear(client, "bc");
  }

  /** Or a writer would never find out that nobody reads. */
  @Test
  void aHalfOpenConnectionTakesNoMoreThanItsBuffers() throws Exception {
    Socket client = connect();
    proxy.halfOpen();
    Thread writer =
        new Thread(
            () -> {
              try {
                client.getOutputStream().write(new byte[64 * 1024 * 1024]);
              } catch (IOException e) {
                // closed by the test
              }
            });
    writer.start();

    writer.join(SOON_MILLIS);
    assertThat(writer.isAlive()).isTrue();
    client.close();
    writer.join();
  }

  @Test
  void aHoldKeepsBackOneConnectionFromACertainChunkOn() throws IOException {
    Socket held = connect();
    Socket other = connect();
    roundTrip(held, "a");
    Hold hold =
        proxy.hold(
            Direction.TO_SERVER, chunk -> new String(chunk, StandardCharsets.UTF_8).equals("x"));

    roundTrip(held, "b");
    say(held, "x");
    await().until(hold::hasBegun);
    roundTrip(other, "x");
    say(held, "y");
    assertSilent(held);

    hold.release();
    hear(held, "xy");
  }

  @Test
  void latencyAndBandwidthSlowDown() throws IOException {
    proxy.weather(new Weather(Duration.ofMillis(100), 0, 0));
    assertThat(millisOf(() -> roundTrip("a"))).isBetween(200L, 2_000L);

    proxy.weather(new Weather(Duration.ZERO, 100_000, 0));
    assertThat(millisOf(() -> roundTrip("x".repeat(20_000)))).isBetween(400L, 4_000L);
  }

  @Test
  void resetsComeAtTheirRateAndFollowFromTheSeed() {
    List<Boolean> first = resets(11);

    assertThat(first).contains(true, false).isEqualTo(resets(11));
    assertThat(first.stream().filter(reset -> reset).count()).isBetween(15L, 85L);
    assertThat(resets(12)).isNotEqualTo(first);
  }

  /** One chunk in each direction, whose order is certain. */
  private List<Boolean> resets(long seed) {
    try (TcpProxy own = TcpProxy.at(0, server::port, seed)) {
      own.weather(new Weather(Duration.ZERO, 0, 0.25));
      return IntStream.range(0, 100).mapToObj(i -> isReset(own)).toList();
    }
  }

  private static boolean isReset(TcpProxy proxy) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      client.setSoTimeout(5_000);
      client.getOutputStream().write(1);
      return client.getInputStream().read() != 1;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aServerThatIsAwayResetsTheClient() throws IOException {
    server.close();
    await().untilAsserted(() -> assertThatIOException().isThrownBy(() -> readOrFail(connect())));
    assertThat(proxy.connections()).isZero();
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(5_000);
    clients.add(client);
    return client;
  }

  private void roundTrip(String text) throws IOException {
    roundTrip(connect(), text);
  }

  private static void roundTrip(Socket client, String text) throws IOException {
    say(client, text);
    hear(client, text);
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void hear(Socket client, String text) throws IOException {
    byte[] heard = client.getInputStream().readNBytes(text.length());
    assertThat(new String(heard, StandardCharsets.UTF_8)).isEqualTo(text);
  }

  private static void readOrFail(Socket client) throws IOException {
    client.getOutputStream().write(1);
    if (client.getInputStream().read() < 0) {
      throw new IOException("ended");
    }
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SOON_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(5_000);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static long millisOf(Step step) throws IOException {
    long begin = System.nanoTime();
    step.run();
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }
}
