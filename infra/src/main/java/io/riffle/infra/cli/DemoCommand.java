package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.client.S3;
import io.riffle.infra.demo.Demo;
import io.riffle.infra.demo.DemoReport;
import io.riffle.infra.demo.DemoReport.Backfill;
import io.riffle.infra.demo.DemoReport.TypeReport;
import io.riffle.infra.ledger.Ledger;
import io.riffle.infra.load.DataSetLoad;
import io.riffle.infra.site.Endpoints;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code riffle demo}. */
@Command(
    name = "demo",
    description = {
      "Start the stack, load generated persons, claims and drug events of all types, then _MERGE sets",
      "that fill columns of the claims, and show what arrived. Stays up until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Option(
      names = "--exit",
      description = "End when all is shown; the stack stops if this command started it")
  private boolean exit;

  @Option(
      names = "--claims",
      defaultValue = "5000",
      description = {
        "CARRIER claims and drug events; a tenth of it of the other types and of persons",
        "(default: ${DEFAULT-VALUE})"
      })
  private long claims;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of all values (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    LocalStack stack = riffle.options().stack();
    boolean wasUp = stack.status().stream().anyMatch(s -> s.state() == ServiceState.RUNNING);
    Thread stop = new Thread(stack::stop, "stop-stack");
    if (!wasUp) {
      Runtime.getRuntime().addShutdownHook(stop); // at Ctrl-C as at the end
    }
    stack.start();
    DemoReport report = run(stack);
    print(report);
    if (!exit) {
      awaitInterrupt();
    }
    return report.right() ? Riffle.OK : Riffle.NOT_OK;
  }

  private DemoReport run(LocalStack stack) throws IOException, SQLException, InterruptedException {
    Endpoints endpoints = stack.endpoints();
    DataSource database = PostgresClient.dataSource(endpoints);
    Ledger ledger = new Ledger(database, Endpoints.TABLES_SCHEMA);
    Path work = stack.demo();
    try (S3Client s3 = S3.open(endpoints);
        LoadProgress progress = LoadProgress.of(riffle.options())) {
      DataSetLoad load = new DataSetLoad(s3, endpoints.bucket(), database, ledger);
      return new Demo(riffle.options().layouts(), load, database, Endpoints.TABLES_SCHEMA, progress)
          .run(claims, seed, work);
    }
  }

  private void print(DemoReport report) {
    if (riffle.options().json()) {
      System.out.println(new ObjectMapper().valueToTree(report));
      return;
    }
    System.out.println(types(report));
    System.out.println();
    System.out.println(backfill(report));
    System.out.println();
    System.out.printf(
        Locale.ROOT,
        "%s in %.1f s%n",
        report.right() ? "All counts are right," : "COUNTS DIFFER,",
        report.seconds());
  }

  private static Table types(DemoReport report) {
    Table table =
        new Table("TYPE", "RECORDS IN FILES", "ROWS", "CHILD ROWS", "REJECTS", "RECORDS/S");
    for (TypeReport type : report.types()) {
      table.row(
          type.type(),
          Long.toString(type.records()),
          count(type.rows(), type.expectedRows()),
          count(type.childRows(), type.expectedChildRows()),
          Long.toString(type.rejects()),
          String.format(Locale.ROOT, "%.0f", type.recordsPerSecond()));
    }
    return table;
  }

  /** A wrong count says what it should be. */
  private static String count(long found, long expected) {
    return found == expected ? Long.toString(found) : found + ", NOT " + expected;
  }

  private static Table backfill(DemoReport report) {
    Table table = new Table("TYPE", "CLAIM", "COLUMN", "BEFORE THE BACKFILL", "AFTER");
    for (Backfill field : report.backfill()) {
      table.row(
          field.type(), field.key(), field.column(), text(field.before()), text(field.after()));
    }
    return table;
  }

  private static String text(String value) {
    return value == null ? "null" : value;
  }

  /** Ctrl-C ends the JVM. Told on stderr: the report is the last line on stdout. */
  private void awaitInterrupt() throws InterruptedException {
    System.err.println("The stack is up until Ctrl-C; look around with ./riffle files");
    new CountDownLatch(1).await();
  }
}
