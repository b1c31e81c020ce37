package io.riffle.chaos.fault;

import io.riffle.net.HttpFault;
import io.riffle.net.HttpFault.EndAfter;
import io.riffle.net.HttpFault.Refused;
import io.riffle.net.HttpFault.ResetAfter;
import io.riffle.net.HttpFaultProxy;
import io.riffle.net.HttpRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Of four requests one is answered, one refused, and two bodies break off. */
record S3Errors(String name, HttpFaultProxy proxy) implements Fault {

  private static final List<HttpFault> FAULTS =
      List.of(new Refused(503, "SlowDown"), new ResetAfter(1_000), new EndAfter(10_000));

  @Override
  public void inject() {
    AtomicInteger requests = new AtomicInteger();
    for (int i = 0; i < FAULTS.size(); i++) {
      proxy.fail(Integer.MAX_VALUE, each(requests, i), FAULTS.get(i));
    }
  }

  /** Rules are asked in their order, up to the first that a request meets: the first one counts. */
  private static Predicate<HttpRequest> each(AtomicInteger requests, int turn) {
    int every = FAULTS.size() + 1;
    return request -> (turn == 0 ? requests.getAndIncrement() : requests.get() - 1) % every == turn;
  }

  @Override
  public void heal() {
    proxy.heal();
  }
}
