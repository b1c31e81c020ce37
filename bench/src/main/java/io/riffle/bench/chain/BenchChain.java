package io.riffle.bench.chain;

import io.riffle.bench.meter.Meter;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.client.S3;
import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The running stack of the bench. When it is closed, or the program is interrupted, a stack that
 * was started for it is stopped again, and deleted where the folder is the bench's own. One that
 * ran before, or is to be kept, stays.
 */
public final class BenchChain implements AutoCloseable {

  /**
   * Who uploads waits half of this on average until the scanner looks: it is part of the figures.
   * Shorter ones would take CPU from who is measured beside it.
   */
  private static final String SCAN_INTERVAL = "500ms";

  private final OwnStack home;
  private final UnaryOperator<LocalStack.Builder> settings;
  private final Consumer<String> progress;
  private final boolean leave;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final S3Client s3;
  private LocalStack stack;

  private BenchChain(
      OwnStack home,
      boolean keep,
      UnaryOperator<LocalStack.Builder> settings,
      Consumer<String> progress) {
    this.home = home;
    this.settings = settings;
    this.progress = progress;
    this.stack = open(OptionalInt.empty());
    this.leave = keep || isRunning(stack);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-end"));
    BenchHome.requireNoOtherLoader(home);
    stack.start();
    this.s3 = S3.open(stack.endpoints());
  }

  /**
   * Starts what does not run.
   *
   * @param keep leaves it running in the end
   * @param settings what else the stack is to be told
   */
  public static BenchChain start(
      OwnStack home,
      boolean keep,
      UnaryOperator<LocalStack.Builder> settings,
      Consumer<String> progress) {
    return new BenchChain(home, keep, settings, progress);
  }

  /** Restarts Riffle's programs with so many workers, merge threads and sink tasks each. */
  public void parallelism(int threads) throws IOException, InterruptedException {
    stack = open(OptionalInt.of(threads));
    stack.start();
    new Parallelism(threads).giveSink(stack.endpoints());
  }

  public LocalStack stack() {
    return stack;
  }

  public Endpoints endpoints() {
    return stack.endpoints();
  }

  public Database database() {
    return new Database(stack.endpoints());
  }

  public S3Client s3() {
    return s3;
  }

  /** Generated files and exports go here; it is deleted with the stack. */
  public Path work() {
    return stack.demo().resolve("bench");
  }

  /** Of the services as they run now, named without the set. */
  public Meter meter() {
    return new Meter(pids());
  }

  /** Pids by the name of the service, without the set. */
  public Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (ServiceStatus service : stack.status()) {
      service.pid().ifPresent(pid -> pids.put(service.component(), pid));
    }
    return pids;
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (s3 != null) {
      s3.close();
    }
    if (leave) {
      progress.accept("the stack in " + home.folder() + " still runs");
      return;
    }
    stack.stop();
    if (home.disposable()) {
      stack.purge();
    }
  }

  private LocalStack open(OptionalInt threads) {
    LocalStack.Builder builder =
        LocalStack.in(home.folder())
            .root(RepositoryRoot.find())
            .set(home.set())
            .ports(PortPolicy.FREE)
            .variable("RIFFLE_SCAN_INTERVAL", SCAN_INTERVAL)
            .progress(progress);
    threads.ifPresent(number -> new Parallelism(number).give(builder));
    return settings.apply(builder).open();
  }

  private static boolean isRunning(LocalStack stack) {
    return stack.status().stream().anyMatch(one -> one.state() == ServiceState.RUNNING);
  }
}
