package io.riffle.chaos.stack;

import io.riffle.chaos.reference.Hashing;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.infra.stack.ServiceState;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The running stack. For one thread, but for {@link #database} and {@link #s3}. When it is closed,
 * or the program is interrupted, it is stopped, and deleted unless it is to be kept.
 */
public final class ChaosStack implements AutoCloseable {

  private static final String SCAN_INTERVAL = "500ms";

  private final OwnStack home;
  private final Consumer<String> progress;
  private final Proxies proxies = new Proxies(this::behindProxy);
  private final UnaryOperator<LocalStack.Builder> settings;
  private final LocalStack stack;
  private final S3Client s3;
  private final Supervisor services;
  private final AtomicBoolean closed = new AtomicBoolean();

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
    this.services = new Supervisor(stack, progress);
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
    return new StackFolder(stack.home())
        .data(services.instance("merge-processor"))
        .resolve("state");
  }

  /** Its services: to be ended and started. */
  public Supervisor services() {
    return services;
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
