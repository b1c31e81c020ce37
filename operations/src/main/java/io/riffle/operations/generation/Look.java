package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.layout.Layout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks what each type can be made of, when nothing is added any more. */
final class Look {
  private final ReplaySite site;
  private final Kafka kafka;
  private final PlanTables plans;
  private final Progress progress;
  private long read;

  Look(ReplaySite site, Kafka kafka, PlanTables plans, Progress progress) {
    this.site = site;
    this.kafka = kafka;
    this.plans = plans;
    this.progress = progress;
  }

  /**
   * Reads all raw topics, and stores what was found.
   *
   * @throws ReplayException when a type cannot be made of what is there
   */
  void run(long id) throws SQLException {
    progress.note("reading the raw topics: is everything there that was delivered?");
    List<PlannedRange> ranges =
        Ranges.whole(
            kafka,
            kafka.partitions(site.layouts().all().stream().map(site.topics()::rif).toList()));
    long planned = ranges.stream().mapToLong(PlannedRange::records).sum();
    Map<String, Source> sources = new HashMap<>();
    List<String> problems = new ArrayList<>();
    RawCheck check = new RawCheck(site);
    for (Layout layout : site.layouts().all()) {
      Optional<String> missing =
          check.missing(
              layout,
              Ranges.of(site.topics().rif(layout), ranges),
              offsets -> progress.at(planned, read += offsets));
      sources.put(layout.type(), missing.isPresent() ? Source.MERGED : Source.RAW);
      if (missing.isPresent()) {
        new Remains(site, kafka).problem(layout, missing.get()).ifPresent(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ReplayException(String.join("; ", problems));
    }
    plans.looked(id, ranges, sources);
  }
}
