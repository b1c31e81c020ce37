package io.riffle.infra.site;

import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything that a component needs to know in order to start.
 *
 * @param root the repository: programs in {@code infra/stack}, configuration in {@code
 *     infra/config}
 * @param folder the stack's own folder
 * @param set the partition set whose services are meant
 * @param jvmOptions for all JVMs of the stack, besides those that each component has of its own
 * @param given {@code RIFFLE_*} variables of whoever starts the stack, for Riffle's own programs;
 *     they win over those of the stack
 */
public record Site(
    Path root,
    StackFolder folder,
    SetName set,
    Ports ports,
    Secrets secrets,
    List<String> jvmOptions,
    Map<String, String> given) {
  public static final String HOST = "127.0.0.1";

  /** Names the folder with layout files that stand for those of the build. */
  public static final String LAYOUTS_FOLDER = "RIFFLE_LAYOUTS_FOLDER";

  /** The name of the deployment, which holds the lease. */
  public static final String DEPLOYMENT = "RIFFLE_DEPLOYMENT";

  /** Names a folder with further Connect plug-ins, one folder each. */
  public static final String CONNECT_PLUGINS = "RIFFLE_CONNECT_PLUGINS";

  /** The generation of the set's topics that merge-processor is to be of. */
  public static final String GENERATION = "RIFFLE_GENERATION";

  public Site {
    jvmOptions = List.copyOf(jvmOptions);
    given = Map.copyOf(given);
  }

  /** The same stack, seen by another set. */
  public Site of(SetName other) {
    return new Site(root, folder, other, ports, secrets, jvmOptions, given);
  }

  /** The same stack, whose programs are told the generation, unless whoever starts it said one. */
  public Site ofGeneration(int generation) {
    Map<String, String> told = new TreeMap<>(given);
    told.putIfAbsent(GENERATION, Integer.toString(generation));
    return new Site(root, folder, set, ports, secrets, jvmOptions, told);
  }

  /** The class path folder of a component. */
  public Path lib(String component) {
    return root.resolve("infra/stack").resolve(component).resolve("target/lib");
  }

  /** A configuration file as it is in the repository. */
  public Path template(String path) {
    return root.resolve("infra/config").resolve(path);
  }

  /** Where a server of the stack listens. */
  public String address(String port) {
    return HOST + ":" + ports.get(port);
  }

  /** Where programs of the stack find a server: there, or at the proxy before it. */
  public String told(String port) {
    return HOST + ":" + ports.told(port);
  }

  /** What programs of the stack are told. */
  public Endpoints endpoints() {
    return endpoints(this::told);
  }

  /** For those who drive the stack: past all proxies. */
  public Endpoints ownEndpoints() {
    return endpoints(this::address);
  }

  private Endpoints endpoints(UnaryOperator<String> address) {
    String postgres = "jdbc:postgresql://" + address.apply("postgres") + "/";
    return new Endpoints(
        set,
        postgres + set.database(),
        postgres + "postgres",
        Endpoints.POSTGRES_USER,
        secrets.postgresPassword(),
        address.apply("kafka"),
        URI.create("http://" + address.apply("registry") + "/apis/ccompat/v7"),
        URI.create("http://" + address.apply("s3proxy")),
        Endpoints.REGION,
        secrets.s3AccessKey(),
        secrets.s3SecretKey(),
        Endpoints.BUCKET,
        URI.create("http://" + address.apply(connectPort())),
        deployment(),
        layouts(),
        Map.of());
  }

  /** Who holds the lease when this stack does. */
  public String deployment() {
    return given.getOrDefault(DEPLOYMENT, "local");
  }

  /** The folder with layouts of the deployment's own. */
  public Optional<Path> layouts() {
    return Optional.ofNullable(given.get(LAYOUTS_FOLDER)).map(Path::of);
  }

  /** Name of a service of this set: the main set's services have no prefix. */
  public String instance(String component) {
    return set.equals(SetName.MAIN) ? component : component + "-" + set;
  }

  /** Connect plug-ins besides the stack's own. */
  public Optional<Path> connectPlugins() {
    return Optional.ofNullable(given.get(CONNECT_PLUGINS)).map(Path::of);
  }

  private String connectPort() {
    return instance("connect");
  }
}
