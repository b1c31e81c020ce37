package io.riffle.console;

import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.console.access.Users;
import io.riffle.console.access.UsersException;
import io.riffle.console.oidc.OidcConfig;
import io.riffle.metrics.MetricsConfig;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that the console is told; README.md has the table of keys.
 *
 * @param endpoints where the parts of the deployment answer
 * @param transport how browsers reach it
 * @param url the address by which browsers reach it
 * @param users the file of users; none where all sign in elsewhere
 * @param oidc how to sign in elsewhere
 * @param sessionLifetime after which everybody signs in again
 * @param sessionIdle without a request for so long, a session ends
 * @param lagEvery between two looks at the lag of all groups
 * @param lagAll whether groups of other sets and programs are watched, too
 * @param targets the file of Prometheus' targets: programs to ask which of their parts wait
 * @param history the file that has graphs over a restart; none: they begin anew
 */
public record ConsoleConfig(
    Endpoints endpoints,
    InetSocketAddress listen,
    Transport transport,
    URI url,
    Optional<Path> users,
    Optional<OidcConfig> oidc,
    Duration sessionLifetime,
    Duration sessionIdle,
    Duration lagEvery,
    boolean lagAll,
    Optional<Path> targets,
    Optional<Path> history,
    MetricsConfig metrics) {
  private static final String LISTEN = "console.listen";
  private static final String USERS = "console.users";
  private static final String HISTORY = "console.history";
  private static final int PORT = 8090;

  /** How browsers reach the console. */
  public enum Transport {
    /** On the machine itself. */
    LOOPBACK,
    /** By a proxy that speaks TLS to them. */
    TLS_PROXY,
    /** In a container or network of its own that only the machine itself reaches. */
    PRIVATE_NETWORK
  }

  /** Reads all keys. */
  public static ConsoleConfig from(Settings settings) {
    for (String others : new String[] {"hash.", "merge.", "cdc.", "archive.", "producer."}) {
      settings.ignore(others);
    }
    settings.rejectUnknownBelow("console");
    InetSocketAddress listen =
        settings
            .listenAddress(LISTEN)
            .orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
    Transport transport = settings.choice("console.transport", Transport.class, Transport.LOOPBACK);
    if (transport == Transport.LOOPBACK && !listen.getAddress().isLoopbackAddress()) {
      settings.reject(
          LISTEN,
          "is no address of this machine alone: passwords would cross the network in the clear."
              + " console.transport=tls-proxy says that a proxy with TLS stands before it");
    }
    Optional<OidcConfig> oidc = OidcConfig.from(settings);
    return new ConsoleConfig(
        endpoints(settings),
        listen,
        transport,
        ConsoleUrl.from(settings, listen, transport, oidc.isPresent()),
        users(settings, oidc.isPresent()),
        oidc,
        settings.duration("console.session-lifetime", Duration.ofHours(12)),
        settings.duration("console.session-idle", Duration.ofHours(2)),
        settings.duration("console.lag-every", Duration.ofSeconds(5)),
        settings.bool("console.lag-all", false),
        settings.path("console.targets"),
        history(settings),
        MetricsConfig.from(settings));
  }

  private static Optional<Path> history(Settings settings) {
    Optional<Path> file = settings.path(HISTORY);
    if (file.isPresent() && !Files.isDirectory(file.get().toAbsolutePath().getParent())) {
      settings.reject(HISTORY, "is in a folder that is not there");
    }
    return file.map(Path::toAbsolutePath);
  }

  private static Optional<Path> users(Settings settings, boolean others) {
    Optional<Path> file = settings.path(USERS);
    if (file.isEmpty() && !others) {
      settings.reject(
          USERS,
          "is missing: a file with a line NAME:ROLE:HASH for each user (riffle console hash), or"
              + " console.oidc.issuer");
    }
    file.ifPresent(path -> check(path, settings));
    return file;
  }

  private static void check(Path file, Settings settings) {
    try {
      Users.read(file);
    } catch (IOException e) {
      settings.reject(USERS, "cannot be read: " + e.getClass().getSimpleName());
    } catch (UsersException e) {
      settings.reject(USERS, e.getMessage());
    }
  }

  private static Endpoints endpoints(Settings settings) {
    String jdbcUrl = settings.string("database.url");
    return new Endpoints(
        set(settings),
        jdbcUrl,
        jdbcUrl,
        settings.string("database.user"),
        settings.secret("database.password").map(Secret::reveal).orElse(""),
        settings.string("kafka.bootstrap-servers"),
        settings.uri("registry.url"),
        settings.uri("s3.endpoint"),
        settings.string("s3.region", Endpoints.REGION),
        settings.string("s3.access-key"),
        settings.requiredSecret("s3.secret-key").reveal(),
        settings.string("s3.bucket", Endpoints.BUCKET),
        settings.uri("connect.url"),
        settings.string("deployment", "local"),
        settings.path("layouts.folder"),
        kafka(settings));
  }

  /** Settings of all Kafka clients, as other programs have them; those of a kind are theirs. */
  private static Map<String, String> kafka(Settings settings) {
    Map<String, String> kafka = new TreeMap<>(settings.under("kafka."));
    kafka
        .keySet()
        .removeIf(
            key ->
                key.replace('-', '.').equals("bootstrap.servers")
                    || key.startsWith("consumer.")
                    || key.startsWith("producer."));
    return kafka;
  }

  private static SetName set(Settings settings) {
    try {
      return new SetName(settings.string("set", SetName.MAIN.text()));
    } catch (StackException e) {
      settings.reject("set", e.getMessage());
      return SetName.MAIN;
    }
  }
}
