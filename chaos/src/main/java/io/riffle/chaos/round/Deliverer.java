package io.riffle.chaos.round;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.data.Feed;
import io.riffle.chaos.data.SetWriter;
import io.riffle.chaos.scenario.Delivery;
import io.riffle.chaos.scenario.Delivery.LoadedAgain;
import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.chaos.scenario.Delivery.UploadedAgain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Delivers sets on a thread of its own, and remembers them. */
final class Deliverer implements AutoCloseable {

  /** Longer than any fault: what fails until then does not work at all. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final SetWriter writer;
  private final Feed feed;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "chaos-feed");
            daemon.setDaemon(true);
            return daemon;
          });
  private final Map<Integer, ChaosSet> byNumber = new LinkedHashMap<>();
  private final Map<String, ChaosSet> byManifest = new LinkedHashMap<>();
  private Future<?> work;
  private long records;

  Deliverer(SetWriter writer, Feed feed) {
    this.writer = writer;
    this.feed = feed;
  }

  /** Writes the new sets, so that writing takes no time from the faults, and begins to deliver. */
  void begin(List<Delivery> deliveries) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      steps.add(new Step(delivery, set(delivery)));
    }
    work = thread.submit(() -> deliver(steps));
  }

  private record Step(Delivery delivery, ChaosSet set) {}

  private ChaosSet set(Delivery delivery) throws IOException {
    if (delivery instanceof NewSet newSet) {
      ChaosSet written = writer.write(newSet);
      byNumber.put(written.number(), written);
      feed.manifests(written).forEach(key -> byManifest.put(key, written));
      records += written.records();
      return written;
    } else if (delivery instanceof LoadedAgain again) {
      records += byNumber.get(again.set()).records();
      return byNumber.get(again.set());
    }
    return byNumber.get(((UploadedAgain) delivery).set());
  }

  private Void deliver(List<Step> steps) throws Exception {
    for (Step step : steps) {
      Thread.sleep(step.delivery().before().toMillis());
      if (step.delivery() instanceof LoadedAgain) {
        feed.loadAgain(step.set(), PATIENCE);
      } else {
        feed.upload(step.set(), PATIENCE);
      }
    }
    return null;
  }

  /**
   * Waits until everything is delivered.
   *
   * @throws StuckException when it cannot be
   */
  void await() throws InterruptedException {
    try {
      work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StuckException("a delivery failed: " + e.getCause().getClass().getName());
    } catch (TimeoutException e) {
      throw new StuckException("deliveries take more than " + PATIENCE.toSeconds() + " s");
    }
  }

  /** All sets so far by the key of their manifest. */
  Map<String, ChaosSet> sets() {
    return byManifest;
  }

  /** Records delivered so far, those that were loaded again too. */
  long records() {
    return records;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
