package io.riffle.producer.plan;

import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.producer.ledger.AttemptLedger;
import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.PlanClaims;
import io.riffle.producer.plan.ObjectReading.Accepted;
import io.riffle.producer.plan.ObjectReading.Gone;
import io.riffle.producer.plan.ObjectReading.Rejected;
import io.riffle.producer.rif.FileProblem;
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
 * Plans files that are ready: each one is read once, then its plan and splits go out in one
 * transaction, then the ledger says PLANNED. If the process ends between the two, the progress
 * topic tells the next one. For one thread.
 */
public final class Planner {

  private static final Logger log = LoggerFactory.getLogger(Planner.class);

  private final Layouts layouts;
  private final Topics topics;
  private final ObjectReader objects;
  private final FileLedger files;
  private final PlanClaims claims;
  private final AttemptLedger attempts;
  private final ScannerTransactions transactions;
  private final RecordSubjects subjects;
  private final PlanRecords records;

  /** Everything that a planner talks to. */
  public record Neighbours(
      ObjectStore store,
      FileLedger files,
      PlanClaims claims,
      AttemptLedger attempts,
      ScannerTransactions transactions,
      RecordSubjects subjects,
      ControlWriter writer) {}

  public Planner(Layouts layouts, Topics topics, PlanConfig config, Neighbours neighbours) {
    this.layouts = layouts;
    this.topics = topics;
    this.objects = new ObjectReader(neighbours.store(), config);
    this.files = neighbours.files();
    this.claims = neighbours.claims();
    this.attempts = neighbours.attempts();
    this.transactions = neighbours.transactions();
    this.subjects = neighbours.subjects();
    this.records = new PlanRecords(topics, neighbours.writer(), neighbours.store().bucket());
  }

  /**
   * Plans one file, or rejects it. One that an operator has skipped is left alone, at whatever
   * moment before its plan goes out.
   *
   * @throws IOException when S3 fails; the file stays as it is
   */
  public void plan(LedgerFile file) throws IOException {
    if (!claims.isToBePlanned(file.id())) {
      return;
    }
    Layout layout = layouts.get(file.type());
    ObjectReading reading =
        objects.read(
            file, layout, found -> files.recordObject(file.id(), found.eTag(), found.bytes()));
    if (reading instanceof Accepted accepted) {
      publish(file, layout, accepted);
    } else if (reading instanceof Rejected rejected) {
      reject(file, rejected);
    } else if (reading instanceof Gone gone && gone.missing()) {
      files.move(file.id(), FileState.WAITING, Optional.empty(), Optional.of(gone.detail()));
    }
  }

  private void publish(LedgerFile file, Layout layout, Accepted read) {
    try {
      subjects.handle(layout, file.merge(), read.plan().schema());
    } catch (SchemaRejectedException e) {
      String detail = file.name() + ", line 1: the schema registry refuses the header's schema";
      reject(file, new Rejected(FileProblem.Reason.HEADER_INVALID.name(), detail));
      return;
    }
    if (!claims.claim(file.id())) {
      log.atInfo().addKeyValue("s3Key", file.s3Key()).log("RIF file was skipped while it was read");
      return;
    }
    Planned planned = planned(file, layout, read);
    transactions.write(records.of(file, read, planned, transactions.partitions(topics.splits())));
    attempts.mirror(List.of(planned));
    log.atInfo()
        .addKeyValue("s3Key", file.s3Key())
        .addKeyValue("type", file.entryType())
        .addKeyValue("attempt", file.attempt())
        .addKeyValue("records", planned.records())
        .addKeyValue("lines", planned.lines())
        .addKeyValue("splits", planned.splits())
        .log("RIF file planned");
  }

  private Planned planned(LedgerFile file, Layout layout, Accepted read) {
    return new Planned(
        file.id(),
        file.attempt(),
        file.type(),
        read.plan().splits().size(),
        transactions.partitions(topics.rif(layout)),
        read.plan().lines(),
        read.plan().records(),
        read.facts().bytes(),
        Optional.empty(),
        Optional.of(read.facts().eTag()));
  }

  private void reject(LedgerFile file, Rejected rejected) {
    boolean moved =
        files.move(
            file.id(),
            FileState.REJECTED,
            Optional.of(rejected.reason()),
            Optional.of(rejected.detail()));
    if (!moved) {
      return; // skipped while it was read
    }
    log.atWarn()
        .addKeyValue("s3Key", file.s3Key())
        .addKeyValue("type", file.entryType())
        .addKeyValue("reason", rejected.reason())
        .addKeyValue("detail", rejected.detail())
        .log("RIF file rejected");
  }
}
