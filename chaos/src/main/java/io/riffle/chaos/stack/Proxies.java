package io.riffle.chaos.stack;

import io.riffle.chaos.scenario.FaultKind;
import io.riffle.infra.stack.LocalStack;
import io.riffle.net.HttpFaultProxy;
import io.riffle.net.TcpProxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Stand between the stack's servers and its programs, as long as this process runs. */
public final class Proxies implements AutoCloseable {

  private static final String S3 = "s3proxy";

  private final Map<String, TcpProxy> byServer = new TreeMap<>();
  private final HttpFaultProxy s3;

  /**
   * Listens on free ports.
   *
   * @param behind the port of a server, asked for each connection
   */
  Proxies(ToIntFunction<String> behind) {
    s3 = HttpFaultProxy.before(() -> behind.applyAsInt(S3));
    FaultKind.PROXIED.forEach(
        server ->
            byServer.put(
                server,
                TcpProxy.at(
                    0, () -> server.equals(S3) ? s3.port() : behind.applyAsInt(server), 0)));
  }

  LocalStack.Builder tell(LocalStack.Builder stack) {
    byServer.forEach((server, proxy) -> stack.proxy(server, proxy.port()));
    return stack;
  }

  /** The connections to a server. */
  public TcpProxy of(String server) {
    return byServer.get(server);
  }

  /** The requests to S3. */
  public HttpFaultProxy s3() {
    return s3;
  }

  @Override
  public void close() {
    byServer.values().forEach(TcpProxy::close);
    s3.close();
  }
}
