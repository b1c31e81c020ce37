package io.riffle.net;

import io.riffle.net.HttpFault.After;
import io.riffle.net.HttpFault.EndAfter;
import io.riffle.net.HttpFault.Refused;
import io.riffle.net.HttpFault.ResetAfter;
import io.riffle.net.HttpFault.Shortened;
import io.riffle.net.HttpFault.SilentAfter;
import io.riffle.net.HttpFault.Slow;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request and its answer; the connection ends with it. */
final class HttpExchange {

  private static final int CHUNK = 8 * 1024;
  private static final String LENGTH = "Content-Length";
  private static final String EXPECT = "Expect";
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final Socket client;
  private final int target;
  private final CountDownLatch healed;

  /**
   * @param healed ends silence
   */
  HttpExchange(Socket client, int target, CountDownLatch healed) {
    this.client = client;
    this.target = target;
    this.healed = healed;
  }

  /** Which fault a request meets. */
  interface Faults {
    Optional<HttpFault> of(HttpRequest request);
  }

  void run(Faults faults) throws IOException, InterruptedException {
    InputStream fromClient = new BufferedInputStream(client.getInputStream());
    HttpHead head = invited(HttpHead.read(fromClient));
    Optional<HttpFault> fault = faults.of(request(head));
    if (fault.isPresent() && fault.get() instanceof Refused refused) {
      skip(head, fromClient);
      client.getOutputStream().write(answer(refused));
      return;
    }
    if (fault.isPresent() && fault.get() instanceof After after) {
      after.deed().run();
      fault = Optional.empty();
    }
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      server.getOutputStream().write(head.with("Connection", "close").bytes());
      copy(fromClient, length(head), server.getOutputStream());
      pass(new BufferedInputStream(server.getInputStream()), fault);
    }
  }

  /** A client that asks before it sends its body is told to: the server is not asked twice. */
  private HttpHead invited(HttpHead head) throws IOException {
    if (head.header(EXPECT).isEmpty()) {
      return head;
    }
    client.getOutputStream().write(CONTINUE);
    return head.without(EXPECT);
  }

  private static HttpRequest request(HttpHead head) {
    String[] words = head.startLine().split(" ", -1);
    return new HttpRequest(words[0], words.length > 1 ? words[1] : "", head.header("Range"));
  }

  private void skip(HttpHead head, InputStream fromClient) throws IOException {
    copy(fromClient, length(head), OutputStream.nullOutputStream());
  }

  private static byte[] answer(Refused refused) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(refused.name(), refused.name());
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(refused.code(), refused.name(), body.length());
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void pass(InputStream fromServer, Optional<HttpFault> fault)
      throws IOException, InterruptedException {
    HttpHead head = HttpHead.read(fromServer);
    OutputStream toClient = client.getOutputStream();
    if (fault.isPresent() && fault.get() instanceof Shortened shorter) {
      long bytes = Math.min(shorter.bytes(), length(head));
      toClient.write(head.with(LENGTH, Long.toString(bytes)).bytes());
      copy(fromServer, bytes, toClient);
      return;
    }
    toClient.write(head.bytes());
    if (fault.isEmpty()) {
      fromServer.transferTo(toClient);
    } else {
      suffer(fault.get(), fromServer, toClient);
    }
  }

  private void suffer(HttpFault fault, InputStream body, OutputStream toClient)
      throws IOException, InterruptedException {
    if (fault instanceof Slow slow) {
      slowly(body, toClient, slow.bytesPerSecond());
    } else if (fault instanceof EndAfter end) {
      copy(body, end.bytes(), toClient);
    } else if (fault instanceof ResetAfter reset) {
      copy(body, reset.bytes(), toClient);
      Link.reset(client);
    } else if (fault instanceof SilentAfter silent) {
      copy(body, silent.bytes(), toClient);
      healed.await();
    }
  }

  private static void slowly(InputStream in, OutputStream out, long bytesPerSecond)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[(int) Math.max(1, Math.min(CHUNK, bytesPerSecond / 10))];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      out.write(chunk, 0, read);
      TimeUnit.NANOSECONDS.sleep(read * 1_000_000_000L / bytesPerSecond);
    }
  }

  private static long length(HttpHead head) {
    return head.header(LENGTH).map(Long::parseLong).orElse(0L);
  }

  private static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = bytes;
    while (left > 0) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        return;
      }
      out.write(chunk, 0, read);
      left -= read;
    }
  }
}
