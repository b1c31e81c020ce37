package io.riffle.infra.stack;

import io.riffle.infra.component.Component;
import io.riffle.infra.component.Components;
import io.riffle.infra.component.Console;
import io.riffle.infra.pauses.PauseReader;
import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.process.RunRecord;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.setup.SetupSteps;
import io.riffle.infra.site.Deployment;
import io.riffle.infra.site.KeptVariables;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Secrets;
import io.riffle.infra.site.Site;
import io.riffle.infra.site.StackFolder;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Postgres, Kafka, the registry, S3, Connect and Riffle's own programs as processes of this
 * machine. They outlive this object and this JVM; a later object for the same folder finds them
 * again.
 *
 * <pre>{@code
 * LocalStack stack = LocalStack.in(home).ports(PortPolicy.FREE).open();
 * stack.start();
 * stack.kill("kafka");
 * stack.restart("kafka");
 * stack.stop();
 * }</pre>
 *
 * <p>Not thread-safe; a lock in the folder keeps two commands from changing one stack at a time.
 */
public final class LocalStack {
  /** Services whose parts tell when they pause. */
  private static final List<String> TELLING =
      List.of("connect", "merge-processor", "rif-producer", "cdc-source");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A JVM is asked by a signal, which would end one that does not handle it yet. */
  private static final Duration GROWN_UP = Duration.ofSeconds(5);

  private final Site site;
  private final KeptVariables variables;
  private final Predicate<Component> wanted;
  private final Consumer<String> progress;

  private LocalStack(
      Site site, KeptVariables variables, Predicate<Component> wanted, Consumer<String> progress) {
    this.site = site;
    this.variables = variables;
    this.wanted = wanted;
    this.progress = progress;
  }

  /** A stack whose data, logs and state live in that folder. */
  public static Builder in(Path home) {
    return new Builder(home);
  }

  /**
   * Starts what is not running, checks each service with a real request and runs the setup steps.
   * Repeatable.
   *
   * @throws StackException when something cannot start; what this call had started is stopped again
   */
  public void start() {
    StackLock.whileHeld(
        site.folder(),
        () -> {
          variables.keep();
          StartUp startUp = new StartUp(progress);
          try {
            startAll(startUp);
          } catch (RuntimeException e) {
            startUp.undo();
            throw e;
          }
        });
  }

  /** Stops every process of the folder, those of other sets too, in reverse order. */
  public void stop() {
    StackLock.whileHeld(site.folder(), () -> new TearDown(progress).stop(recorded()));
  }

  /** Deletes the stack with all its data. It must not run. */
  public void purge() {
    if (recorded().stream().anyMatch(Service::isRunning)) {
      throw new StackException("the stack runs: stop it first");
    }
    site.folder().purge();
  }

  /** Kills a process the hard way (SIGKILL), as a crash would. */
  public void kill(String service) {
    service(service).kill();
  }

  /** Stops a service if it runs and starts it again, on the same ports. */
  public void restart(String service) {
    StackLock.whileHeld(site.folder(), () -> startAnew(present(service)));
  }

  /**
   * Makes sure that a service runs, with the command and settings that it would get now.
   *
   * @return whether it was started for that
   */
  public boolean refresh(String service) {
    Service one = present(service);
    boolean outdated = !one.isUpToDate();
    if (outdated) {
      StackLock.whileHeld(site.folder(), () -> startAnew(one));
    }
    return outdated;
  }

  private static void startAnew(Service one) {
    one.stop();
    one.claimPorts();
    one.start();
  }

  /** The sink connector, made anew: it reads the topics of the set's current generation. */
  public void renewSink() {
    SetupSteps.runSink(site.endpoints());
  }

  /** The name that a component's service has in this set. */
  public String instance(String component) {
    return site.instance(component);
  }

  /** Whether a service was started here and not stopped since, be it killed meanwhile. */
  public boolean has(String component) {
    return status().stream()
        .anyMatch(
            service ->
                service.component().equals(component) && service.state() != ServiceState.STOPPED);
  }

  /** All services of this stack, in their order of start. Cheap: looks at processes only. */
  public List<ServiceStatus> status() {
    return services(component -> true).stream().map(Service::status).toList();
  }

  /**
   * What stands still in the services that run, by their name; services of which nothing does are
   * not in it, nor are those that do not answer in time.
   */
  public Map<String, List<PausedPart>> pauses() {
    Map<String, List<PausedPart>> pauses = new ConcurrentHashMap<>();
    status().parallelStream()
        .filter(service -> service.uptime().filter(up -> up.compareTo(GROWN_UP) > 0).isPresent())
        .filter(service -> TELLING.stream().anyMatch(service.name()::startsWith))
        .forEach(
            service -> {
              List<PausedPart> paused = PauseReader.read(service.pid().getAsLong(), PATIENCE);
              if (!paused.isEmpty()) {
                pauses.put(service.name(), paused);
              }
            });
    return new TreeMap<>(pauses);
  }

  /** Past all proxies. Valid after the first start. */
  public Endpoints endpoints() {
    return site.ownEndpoints();
  }

  /** The port that a proxy before a server connects to. Valid after the first start. */
  public int behindProxy(String server) {
    return site.ports().behindProxy(server);
  }

  public Path home() {
    return site.folder().home();
  }

  /** Passwords of captured databases, a file each. */
  public Path cdcSecrets() {
    return site.folder().cdcSecrets();
  }

  /** Where the console's pages are. Valid after the first start. */
  public URI console() {
    return Console.address(site);
  }

  /** Where people find the console. Valid after the first start. */
  public URI consoleUrl() {
    return Console.url(site);
  }

  /** Of the console's user that the stack made. */
  public String consolePassword() {
    return site.secrets().consolePassword();
  }

  /** The configuration of a Prometheus that watches this stack; written by every start. */
  public Path prometheus() {
    return site.folder().prometheus().resolve(PrometheusFiles.CONFIG);
  }

  /** Where the demo keeps its data sets. */
  public Path demo() {
    return site.folder().demo();
  }

  private void startAll(StartUp startUp) {
    List<Service> all = services(component -> true);
    all.forEach(Service::claimPorts);
    site.ports().takeNotes().forEach(progress);
    startUp.start(services(component -> !component.afterSetup()));
    SetupSteps.runAll(site.endpoints());
    startUp.start(services(Component::afterSetup, present()));
    PrometheusFiles.write(site, recorded());
  }

  private List<Service> services(Predicate<Component> kind) {
    return services(kind, site);
  }

  private List<Service> services(Predicate<Component> kind, Site at) {
    return Components.all().stream()
        .filter(wanted.and(kind).and(component -> component.isBuilt(at)))
        .map(component -> new Service(component, at, Clock.systemUTC()))
        .toList();
  }

  /** With the generation that the database has now; without one while it does not answer. */
  private Site present() {
    try {
      return site.ofGeneration(SetTopics.generations(site.ownEndpoints()).merged());
    } catch (SQLException e) {
      return site; // merge-processor refuses to be of another generation than its topics
    }
  }

  /** Ready to be started. */
  private Service present(String name) {
    Service found = service(name);
    return found.component().afterSetup() ? service(name, present()) : found;
  }

  private Service service(String name) {
    return service(name, site);
  }

  private Service service(String name, Site at) {
    return services(component -> true, at).stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new StackException("there is no service '" + name + "'"));
  }

  /** Everything that was started here, whatever its set. */
  private List<Service> recorded() {
    return new RunRecords(site.folder().runs())
        .all().stream().flatMap(run -> of(run).stream()).toList();
  }

  private Optional<Service> of(RunRecord run) {
    SetName set =
        run.instance().equals(run.component())
            ? SetName.MAIN
            : new SetName(run.instance().substring(run.component().length() + 1));
    return Components.all().stream()
        .filter(component -> component.name().equals(run.component()))
        .map(component -> new Service(component, site.of(set), Clock.systemUTC()))
        .findFirst();
  }

  /** How to open a stack. */
  public static final class Builder {
    private final Path home;
    private Path root = RepositoryRoot.find();
    private SetName set = SetName.MAIN;
    private PortPolicy policy = PortPolicy.USUAL;
    private List<String> jvmOptions = List.of();
    private final Map<String, String> variables = new TreeMap<>();
    private Map<String, String> environment = System.getenv();
    private Predicate<Component> wanted = component -> true;
    private final Map<String, Integer> proxies = new TreeMap<>();
    private Consumer<String> progress = message -> {};

    private Builder(Path home) {
      this.home = home;
    }

    /** The repository with the programs; by default found from the working directory upwards. */
    public Builder root(Path value) {
      root = value;
      return this;
    }

    public Builder set(SetName value) {
      set = value;
      return this;
    }

    public Builder ports(PortPolicy value) {
      policy = value;
      return this;
    }

    /** Only these components; the caller sees to it that what they need is among them. */
    public Builder components(Set<String> names) {
      wanted = component -> names.contains(component.name());
      return this;
    }

    /**
     * The stack's programs reach a server ({@code kafka}, {@code postgres}, {@code registry},
     * {@code s3proxy}) by a proxy of the caller's at that port. Who drives the stack does not.
     */
    public Builder proxy(String server, int port) {
      proxies.put(server, port);
      return this;
    }

    /** For all JVMs: tests give up peak speed for a quicker start. */
    public Builder jvmOptions(String... values) {
      jvmOptions = List.of(values);
      return this;
    }

    /** A {@code RIFFLE_*} variable for Riffle's own programs; wins over the stack's own. */
    public Builder variable(String name, String value) {
      variables.put(name, value);
      return this;
    }

    /** A folder with layout files that stand for those of the build, in every program. */
    public Builder layouts(Path folder) {
      return variable(Site.LAYOUTS_FOLDER, folder.toAbsolutePath().toString());
    }

    /** Connect plug-ins besides the stack's own: a folder with one folder each. */
    public Builder connectPlugins(Path folder) {
      return variable(Site.CONNECT_PLUGINS, folder.toAbsolutePath().toString());
    }

    /**
     * Where {@link KeptVariables} are taken from, which win over what the stack or its files say;
     * by default this process's environment.
     */
    public Builder environment(Map<String, String> value) {
      environment = Map.copyOf(value);
      return this;
    }

    /** Told, from any thread, what has been started or stopped. */
    public Builder progress(Consumer<String> value) {
      progress = value;
      return this;
    }

    /** Starts nothing. */
    public LocalStack open() {
      StackFolder folder = new StackFolder(home).create();
      Ports ports = Ports.load(folder.ports(), policy);
      proxies.forEach(ports::putBefore);
      Secrets secrets = Secrets.load(folder.secrets());
      KeptVariables kept = KeptVariables.of(folder.variables(), set, environment);
      Map<String, String> given = new TreeMap<>(variables);
      given.computeIfAbsent(Site.DEPLOYMENT, unnamed -> Deployment.load(folder.deployment()));
      given.putAll(kept.values());
      Site site = new Site(root, folder, set, ports, secrets, jvmOptions, given);
      return new LocalStack(site, kept, wanted, progress);
    }
  }
}
