package io.riffle.infra.cli;

import io.riffle.infra.demo.CapturedDemo;
import io.riffle.infra.demo.CapturedReport;
import io.riffle.infra.demo.Demo;
import io.riffle.infra.demo.DemoReport;
import io.riffle.infra.demo.LiveChanges;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
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
      "that fill columns of the claims, and show what arrived. Capture two source databases, change",
      "them, and show that staging equals them. Goes on changing them until Ctrl-C."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long ROWS = 500;
  private static final List<SampleSource> SOURCES = List.of(SampleSource.values());

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

  @Option(
      names = "--changes",
      defaultValue = "300",
      description = {
        "Changes of each of two captured source databases (default: ${DEFAULT-VALUE})"
      })
  private long changes;

  private final Deque<Runnable> endings = new ConcurrentLinkedDeque<>();

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    LocalStack stack = riffle.options().stack();
    boolean wasUp = stack.status().stream().anyMatch(s -> s.state() == ServiceState.RUNNING);
    Runtime.getRuntime() // at Ctrl-C as at the end
        .addShutdownHook(new Thread(() -> endings.forEach(Runnable::run), "end-demo"));
    if (!wasUp) {
      endings.addFirst(stack::stop);
    }
    stack.start();
    DemoReport report = load(stack);
    tell(DemoText.loaded(report));
    CapturedReport captured =
        new CapturedDemo(stack, SOURCES, System.err::println).run(ROWS, changes, seed);
    tell("\n" + DemoText.captured(captured));
    DemoReport all = report.with(captured);
    if (riffle.options().json()) {
      System.out.println(DemoText.json(all));
    }
    if (!exit) {
      goOn(stack);
    }
    return all.right() ? Riffle.OK : Riffle.NOT_OK;
  }

  private DemoReport load(LocalStack stack) throws IOException, SQLException, InterruptedException {
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

  private void tell(String text) {
    if (!riffle.options().json()) {
      System.out.println(text);
    }
  }

  /** Until Ctrl-C ends the JVM. Told on stderr: the report is the last line on stdout. */
  private void goOn(LocalStack stack) throws SQLException, InterruptedException {
    System.err.println("The stack is up, and both sources go on changing, until Ctrl-C;");
    System.err.println("look around with ./riffle files and ./riffle cdc status");
    LiveChanges live = LiveChanges.start(stack, SOURCES, seed);
    LiveLine line = LiveLine.of(live);
    endings.addFirst(live::close); // before the servers go
    endings.addFirst(line::end);
    line.show();
  }
}
