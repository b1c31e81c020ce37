package io.riffle.producer;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.failure.Pause;
import io.riffle.metrics.ProgramMetrics;
import io.riffle.process.StopSignal;
import io.riffle.producer.ProducerConfig.Role;
import io.riffle.producer.hash.HashCache;
import io.riffle.producer.hash.HashCheck;
import io.riffle.producer.kafka.ControlReader;
import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.RecordSubjects;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.HashLedger;
import io.riffle.producer.publish.IngestMeters;
import io.riffle.producer.publish.WorkerSession;
import io.riffle.producer.run.Restarting;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.scan.ScannerSession;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: a thread for the scanner role, some for the worker role. The first part that fails
 * for good ends all others.
 */
public final class RifProducer {

  private static final Logger log = LoggerFactory.getLogger(RifProducer.class);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(8);
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final StopSignal stop = new StopSignal();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> parts = new ArrayList<>();
  private final ProgramMetrics metrics;
  private final ObjectStore store;

  private RifProducer(ProducerConfig config, ProgramMetrics metrics) {
    this.metrics = metrics;
    SchemaRegistry registry = SchemaRegistry.connect(config.registry());
    Layouts layouts = config.layouts();
    ControlWriter writer = new ControlWriter(registry);
    ControlReader reader = new ControlReader(registry);
    RecordSubjects subjects = new RecordSubjects(registry, config.topics());
    this.store = ObjectStore.open(config.s3());
    if (config.roles().contains(Role.SCANNER)) {
      addScanner(
          config,
          new ScannerSession.Neighbours(
              layouts,
              config.topics(),
              config.kafka(),
              config.database(),
              store,
              subjects,
              writer,
              reader,
              Clock.systemUTC()));
    }
    if (config.roles().contains(Role.WORKER)) {
      addWorkers(
          config,
          new WorkerSession.Neighbours(
              layouts,
              config.topics(),
              store,
              subjects,
              writer,
              reader,
              new IngestMeters(metrics.registry(), layouts.all())));
    }
  }

  /** Runs until SIGTERM (exit code 0) or a failure that does not pass (1); 2 is a bad start. */
  public static void main(String[] arguments) {
    Settings settings = Settings.load();
    try {
      run(settings.build(ProducerConfig::from), settings);
    } catch (ConfigException e) {
      log.error(e.getMessage());
      System.exit(USAGE);
    }
  }

  private static void run(ProducerConfig config, Settings settings) {
    log.atInfo().addKeyValue("set", config.topics().set()).log("rif-producer starts");
    log.atDebug().log(settings.describe());
    if (config.hash().isWeak()) {
      log.atWarn()
          .addKeyValue("iterations", config.hash().iterations())
          .log("hashes of so few iterations are for tests only");
    }
    ProgramMetrics metrics = ProgramMetrics.start(config.metrics());
    checkHashes(config);
    RifProducer producer = start(config, metrics);
    Thread hook = new Thread(() -> Runtime.getRuntime().halt(producer.end()), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    producer.awaitEnd();
    System.exit(FAILED); // the hook ends the parts and sets the code
  }

  /** While the database is waited for, a signal has nothing to undo. */
  private static void checkHashes(ProducerConfig config) {
    Thread hook = new Thread(() -> Runtime.getRuntime().halt(OK), "not-started");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Database database = new Database(config.database());
        Pause pause = Pause.of(config.topics().set(), "start")) {
      HashCheck.require(config.hash(), new HashLedger(database), pause);
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  static RifProducer start(ProducerConfig config) {
    return start(config, ProgramMetrics.start(config.metrics()));
  }

  private static RifProducer start(ProducerConfig config, ProgramMetrics metrics) {
    RifProducer producer = new RifProducer(config, metrics);
    producer.parts.forEach(Thread::start);
    return producer;
  }

  /** Waits until a part has failed for good, or the signal to stop was given. */
  void awaitEnd() {
    while (!stop.isGiven()) {
      stop.await(Duration.ofDays(1));
    }
  }

  /** Where it answers Prometheus. */
  Optional<InetSocketAddress> metricsAddress() {
    return metrics.address();
  }

  /** What ended the process, if it was not asked to. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Ends all parts: first they may finish, then they are interrupted. Returns the exit code. */
  int end() {
    stop.give();
    if (!join(GRACE)) {
      parts.forEach(Thread::interrupt);
      join(AFTER_INTERRUPT);
    }
    store.close();
    metrics.close();
    log.atInfo().log("rif-producer ended");
    return failure().isPresent() ? FAILED : OK;
  }

  private void addScanner(ProducerConfig config, ScannerSession.Neighbours neighbours) {
    add(
        "scanner",
        new Restarting(
            "scanner",
            Pause.of(config.topics().set(), "scanner"),
            () -> ScannerSession.open(config.scan(), config.plan(), neighbours)));
  }

  private void addWorkers(ProducerConfig config, WorkerSession.Neighbours neighbours) {
    String instance = config.worker().instanceOrRandom();
    boolean named = config.worker().instance().isPresent();
    for (int number = 0; number < config.worker().threads(); number++) {
      String name = instance + "-" + number;
      HashCache hashes = new HashCache(config.hash());
      add(
          "worker-" + name,
          new Restarting(
              "worker-" + name,
              // An instance's name may be made up at each start: no name for a metric.
              Pause.of(config.topics().set(), "worker-" + number),
              () ->
                  WorkerSession.open(
                      neighbours,
                      config.kafka(),
                      new Database(config.database()),
                      hashes,
                      name,
                      named)));
    }
  }

  private void add(String name, Restarting part) {
    parts.add(new Thread(() -> run(name, part), name));
  }

  private void run(String name, Restarting part) {
    try {
      part.run(stop);
    } catch (Throwable e) { // errors too: a process that lacks a part must end
      failure.compareAndSet(null, e);
      log.atError()
          .addKeyValue("part", name)
          .setCause(e)
          .log("rif-producer ends: " + e.getMessage());
      stop.give();
    }
  }

  private boolean join(Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    try {
      for (Thread part : parts) {
        long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        part.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return parts.stream().noneMatch(Thread::isAlive);
  }
}
