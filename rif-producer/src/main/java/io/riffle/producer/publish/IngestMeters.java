package io.riffle.producer.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.riffle.schemas.control.Progress.SplitDone;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.layout.Layout;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/** Counts what workers publish, once a split. Safe for use by several threads. */
public final class IngestMeters {
  private final MeterRegistry registry;

  /** Counters begin at 0, so that the first records are seen as an increase. */
  public IngestMeters(MeterRegistry registry, Collection<Layout> layouts) {
    this.registry = registry;
    for (Layout layout : layouts) {
      records(label(layout.type()), "loaded").increment(0);
      records(label(layout.type()), "rejected").increment(0);
    }
  }

  private static String label(String type) {
    return type.toLowerCase(Locale.ROOT);
  }

  /** A split's transaction is committed. */
  void published(Split split, SplitDone done, Duration took) {
    String type = label(split.type());
    records(type, "loaded").increment((double) done.records());
    records(type, "rejected").increment((double) done.rejected());
    Timer.builder("ingest.split")
        .description("How long splits take from their first byte to the commit")
        .tag("type", type)
        .register(registry)
        .record(took);
  }

  private Counter records(String type, String result) {
    return Counter.builder("ingest.file.records")
        .description("Records of files that are committed to topics: loaded, or among the rejects")
        .tag("type", type)
        .tag("result", result)
        .register(registry);
  }
}
