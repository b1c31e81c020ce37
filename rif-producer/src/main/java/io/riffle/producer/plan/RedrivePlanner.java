package io.riffle.producer.plan;

import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.producer.ledger.AttemptLedger;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.RedriveLedger;
import io.riffle.producer.ledger.RedriveRequest;
import io.riffle.producer.plan.ObjectReading.Accepted;
import io.riffle.producer.plan.ObjectReading.Gone;
import io.riffle.producer.plan.ObjectReading.Rejected;
import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRejectedException;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans redrives: the file's object is read once more as a load would, and of its splits those go
 * out that have wanted records, as an attempt of its own. What cannot be redriven is refused with a
 * reason and stays as it was. For one thread.
 */
public final class RedrivePlanner {

  private static final Logger log = LoggerFactory.getLogger(RedrivePlanner.class);

  private final Layouts layouts;
  private final Topics topics;
  private final ObjectReader objects;
  private final Neighbours with;
  private final PlanRecords records;

  /** Everything that it talks to. */
  public record Neighbours(
      ObjectStore store,
      RedriveLedger redrives,
      AttemptLedger attempts,
      ScannerTransactions transactions,
      RecordSubjects subjects,
      ControlWriter writer) {}

  public RedrivePlanner(Layouts layouts, Topics topics, PlanConfig config, Neighbours with) {
    this.layouts = layouts;
    this.topics = topics;
    this.objects = new ObjectReader(with.store(), withoutLimits(config));
    this.with = with;
    this.records = new PlanRecords(topics, with.writer(), with.store().bucket());
  }

  /** The file was held against them when it was loaded; now it is about single records. */
  private static PlanConfig withoutLimits(PlanConfig config) {
    return new PlanConfig(config.policies().withoutLimits(), config.splits(), config.gzip());
  }

  /**
   * Plans one redrive, or refuses it.
   *
   * @throws IOException when S3 fails; the request stays
   */
  public void plan(RedriveRequest request) throws IOException {
    Optional<String> refusal = refusal(request);
    if (refusal.isPresent()) {
      refuse(request, refusal.get());
      return;
    }
    LedgerFile file = request.file();
    ObjectReading reading =
        objects.read(file, layouts.get(file.type()), found -> found.eTag().equals(request.eTag()));
    if (reading instanceof Accepted accepted) {
      planRead(request, accepted);
    } else if (reading instanceof Rejected rejected) {
      refuse(request, rejected.reason() + ": " + rejected.detail());
    } else if (reading instanceof Gone gone) {
      refuse(request, gone.detail());
    }
  }

  private static Optional<String> refusal(RedriveRequest request) {
    if (!request.isLoaded()) {
      return Optional.of(request.file().name() + " is " + request.file().state());
    }
    return request.wanted().isEmpty()
        ? Optional.of(request.file().name() + " was loaded again meanwhile")
        : Optional.empty();
  }

  /** The records' numbers are those of the load that rejected them, so the file must be read so. */
  private void planRead(RedriveRequest request, Accepted read) {
    Optional<String> difference = difference(request, read.plan());
    if (difference.isPresent()) {
      refuse(request, difference.get());
      return;
    }
    try {
      publish(request, read);
    } catch (SchemaRejectedException e) {
      refuse(request, request.file().name() + ": the schema registry refuses its header's schema");
    }
  }

  private static Optional<String> difference(RedriveRequest request, FilePlan plan) {
    String file = request.file().name();
    if (plan.lines() != request.lines() || plan.records() != request.records()) {
      return Optional.of(
          "%s is read as %d lines and %d records now, %d and %d when it was loaded"
              .formatted(file, plan.lines(), plan.records(), request.lines(), request.records()));
    }
    // What claims to be a record of the file on a topic need not be one.
    long last = request.wanted().lastKey();
    return last > plan.records()
        ? Optional.of(
            "%s has %d records, and none of number %d".formatted(file, plan.records(), last))
        : Optional.empty();
  }

  private void publish(RedriveRequest request, Accepted read) {
    LedgerFile file = request.file();
    Layout layout = layouts.get(file.type());
    with.subjects().handle(layout, file.merge(), read.plan().schema());
    WantedRecords wanted = new WantedRecords(request.id(), request.wanted().navigableKeySet());
    Planned planned = planned(request, layout, wanted.splits(read.plan().splits()).size(), read);
    int splitPartitions = with.transactions().partitions(topics.splits());
    with.transactions()
        .write(records.of(file, read, planned, splitPartitions, Optional.of(wanted)));
    with.attempts().mirror(List.of(planned));
    log.atInfo()
        .addKeyValue("s3Key", file.s3Key())
        .addKeyValue("type", file.entryType())
        .addKeyValue("attempt", file.attempt())
        .addKeyValue("redrive", request.id())
        .addKeyValue("records", planned.records())
        .addKeyValue("splits", planned.splits())
        .log("redrive planned");
  }

  private Planned planned(RedriveRequest request, Layout layout, int splits, Accepted read) {
    LedgerFile file = request.file();
    return new Planned(
        file.id(),
        file.attempt(),
        file.type(),
        splits,
        with.transactions().partitions(topics.rif(layout)),
        request.wantedLines(),
        request.wanted().size(),
        read.facts().bytes(),
        Optional.of(request.id()),
        Optional.of(read.facts().eTag()));
  }

  private void refuse(RedriveRequest request, String detail) {
    with.redrives().refuse(request.id(), detail);
    log.atWarn()
        .addKeyValue("s3Key", request.file().s3Key())
        .addKeyValue("redrive", request.id())
        .addKeyValue("detail", detail)
        .log("redrive refused");
  }
}
