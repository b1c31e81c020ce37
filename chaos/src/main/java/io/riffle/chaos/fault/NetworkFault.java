package io.riffle.chaos.fault;

import io.riffle.net.TcpProxy;
import io.riffle.net.Weather;
import java.time.Duration;
import java.util.function.Consumer;

/** What a network does between a server and all its clients. */
record NetworkFault(String name, TcpProxy proxy, Consumer<TcpProxy> done) implements Fault {

  /** 3 Mbit/s for each connection; one chunk in a hundred resets it. */
  private static final Weather BAD = new Weather(Duration.ofMillis(100), 3_000_000 / 8, 0.01);

  static NetworkFault delay(String name, TcpProxy proxy) {
    return new NetworkFault(name, proxy, one -> one.weather(BAD));
  }

  static NetworkFault cut(String name, TcpProxy proxy) {
    return new NetworkFault(name, proxy, TcpProxy::cut);
  }

  static NetworkFault halfOpen(String name, TcpProxy proxy) {
    return new NetworkFault(name, proxy, TcpProxy::halfOpen);
  }

  @Override
  public void inject() {
    done.accept(proxy);
  }

  @Override
  public void heal() {
    proxy.heal();
  }
}
