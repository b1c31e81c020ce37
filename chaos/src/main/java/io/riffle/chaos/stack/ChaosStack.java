package io.riffle.chaos.stack;

import io.riffle.chaos.reference.Hashing;
import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.client.S3;
import io.riffle.infra.process.OsProcess;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.Endpoints;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.StackException;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The running stack, by plain names of its services. For one thread, but for {@link #database} and
 * {@link #s3}. When it is closed, or the program is interrupted, it is stopped, and deleted unless
 * it is to be kept.
 */
public final class ChaosStack implements AutoCloseable {

  private static final String SCAN_INTERVAL = "500ms";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final OwnStack home;
  private final Consumer<String> progress;
  private final Proxies proxies = new Proxies(this::behindProxy);
  private final UnaryOperator<LocalStack.Builder> settings;
  private final LocalStack stack;
  private final S3Client s3;
  private final Members members;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Services that chaos ended and has not started again, with the members of their groups. */
  private final Map<String, Set<String>> killed = new HashMap<>();

  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Integer> ended = new TreeMap<>();
  private final List<Recovery> recoveries = new ArrayList<>();
  private final boolean keepRunning;
  private boolean keepFolder;

  private ChaosStack(
      OwnStack home,
      boolean keep,
      UnaryOperator<LocalStack.Builder> settings,
      Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
    this.keepRunning = keep;
    this.settings = settings;
    this.stack = proxies.tell(builder()).open();
    if (stack.status().stream().anyMatch(one -> one.state() == ServiceState.RUNNING)) {
      throw new StackException("a stack runs in " + home.folder() + ": chaos needs one of its own");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "chaos-end"));
    stack.start();
    this.s3 = S3.open(stack.endpoints());
    this.members = new Members(stack.endpoints());
  }

  private LocalStack.Builder builder() {
    return settings.apply(
        LocalStack.in(home.folder())
            .root(RepositoryRoot.find())
            .set(home.set())
            .ports(PortPolicy.FREE)
            .environment(Hashing.USUAL.variables())
            .variable("RIFFLE_SCAN_INTERVAL", SCAN_INTERVAL)
            .progress(progress));
  }

  private int behindProxy(String server) {
    return stack.behindProxy(server);
  }

  /**
   * Starts it.
   *
   * @param keep leaves it running in the end
   * @param settings what else the stack is to be told
   * @throws StackException when one runs in that folder already
   */
  public static ChaosStack start(
      OwnStack home,
      boolean keep,
      UnaryOperator<LocalStack.Builder> settings,
      Consumer<String> progress) {
    return new ChaosStack(home, keep, settings, progress);
  }

  public Endpoints endpoints() {
    return stack.endpoints();
  }

  /** Between servers and programs: what is done by way of this object goes past them. */
  public Proxies proxies() {
    return proxies;
  }

  /** Of the set; each connection is a new one. */
  public DataSource database() {
    return PostgresClient.dataSource(stack.endpoints());
  }

  public S3Client s3() {
    return s3;
  }

  public Path logs() {
    return stack.home().resolve("logs");
  }

  /** Generated files go here; it is deleted with the stack. */
  public Path work() {
    return stack.demo().resolve("chaos");
  }

  /** The folder with the merge-processor's stores. */
  public Path mergeState() {
    return new StackFolder(stack.home()).data(instance("merge-processor")).resolve("state");
  }

  /** Ends a service as a crash would. */
  public void kill(String service) {
    if (isRunning(service)) {
      killed.put(service, members.now(service));
      stack.kill(instance(service));
    }
  }

  /** Ends a service with a signal, and waits until it is gone. */
  public void stop(String service, String signal) {
    if (isRunning(service)) {
      stopped.add(service);
      process(service).end(signal, STOP_PATIENCE);
    }
  }

  /** The process of a service, running or not. */
  public OsProcess process(String service) {
    return new RunRecords(new StackFolder(stack.home()).runs())
        .find(instance(service))
        .orElseThrow(() -> new StackException(service + " was never started"))
        .process();
  }

  public boolean isRunning(String service) {
    return status(service).state() == ServiceState.RUNNING;
  }

  /**
   * Starts all services that are down, those first that others need, and waits until those that
   * were killed are of use again.
   *
   * @throws StackException when one is not
   */
  public void raise() throws InterruptedException {
    Map<String, Long> begun = new HashMap<>();
    for (ServiceStatus status : stack.status()) {
      if (status.state() != ServiceState.RUNNING) {
        String service = status.component();
        noteEnd(service);
        progress.accept("start " + service);
        begun.put(service, System.nanoTime());
        stack.restart(status.name());
        if (killed.containsKey(service) && !members.has(service)) {
          recovered(service, begun);
        }
      }
    }
    for (String service : begun.keySet()) {
      if (killed.containsKey(service) && members.has(service)) {
        awaitMembers(service, begun);
      }
    }
    killed.clear();
    stopped.clear();
  }

  /** A service that ended by itself: a supervisor would start it again, and so do we. */
  private void noteEnd(String service) {
    if (!killed.containsKey(service) && !stopped.contains(service)) {
      progress.accept(service + " has ended by itself");
      ended.merge(service, 1, Integer::sum);
    }
  }

  private void awaitMembers(String service, Map<String, Long> begun) throws InterruptedException {
    long deadline = System.nanoTime() + RECOVERY_PATIENCE.toNanos();
    while (!members.anew(service, killed.get(service))) {
      if (System.nanoTime() > deadline) {
        throw new StackException(
            service + " is not back after " + RECOVERY_PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(POLL.toMillis());
    }
    recovered(service, begun);
  }

  private void recovered(String service, Map<String, Long> begun) {
    Duration time = Duration.ofNanos(System.nanoTime() - begun.get(service));
    progress.accept(service + " is back after " + time.toMillis() + " ms");
    recoveries.add(new Recovery(service, time));
  }

  /** Of all services that were killed so far. */
  public List<Recovery> recoveries() {
    return List.copyOf(recoveries);
  }

  /** How often services ended that nobody had told to. */
  public Map<String, Integer> endedByThemselves() {
    return Map.copyOf(ended);
  }

  /** What stands still, as one line each. */
  public List<String> pauses() {
    List<String> pauses = new ArrayList<>();
    stack
        .pauses()
        .forEach(
            (service, parts) ->
                parts.forEach(
                    part ->
                        pauses.add(service + " pauses: " + part.neighbour() + " " + part.cause())));
    return pauses;
  }

  /** Leaves logs and data for whoever looks for what went wrong; the services are stopped. */
  public void keepFolder() {
    keepFolder = true;
  }

  private ServiceStatus status(String service) {
    return stack.status().stream()
        .filter(status -> status.component().equals(service))
        .findFirst()
        .orElseThrow();
  }

  private String instance(String service) {
    return status(service).name();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (s3 != null) {
      s3.close();
    }
    if (keepRunning) {
      builder().open().start(); // programs that talk to the proxies are started anew
      proxies.close();
      progress.accept("the stack in " + home.folder() + " still runs");
      return;
    }
    stack.stop();
    proxies.close();
    if (keepFolder) {
      progress.accept("data and logs are still in " + home.folder());
    } else if (home.disposable()) {
      stack.purge();
    }
  }
}
