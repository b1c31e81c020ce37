package io.riffle.schemas.registry;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the registry is and how to talk to it.
 *
 * @param urls base URLs of one registry, tried in this order; for Apicurio they end in {@code
 *     /apis/ccompat/v7}
 * @param credentials for HTTP basic authentication
 * @param cacheDir folder for schemas that outlive the process; none: memory only
 * @param tls trust and key store; none: those of the JVM
 * @param timeout of one request, connecting included
 * @param attempts how often a request is tried, all URLs each time; at least 1
 * @param backoff pause after the first failed attempt, doubled after each further one up to 30 s
 */
public record RegistryConfig(
    List<URI> urls,
    Optional<Credentials> credentials,
    Optional<Path> cacheDir,
    Tls tls,
    Duration timeout,
    int attempts,
    Duration backoff) {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 4;
  private static final Duration BACKOFF = Duration.ofMillis(250);

  public RegistryConfig {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new ConfigException("registry.url", "", "must name at least one URL");
    }
  }

  /** HTTP basic authentication. */
  public record Credentials(String username, Secret password) {}

  /** Stores in PKCS#12 or JKS format. */
  public record Tls(Optional<Store> trust, Optional<Store> key) {}

  /** A key store file and its password. */
  public record Store(Path file, Secret password) {}

  /** Defaults for everything but the URL; no cache on disk. */
  public static RegistryConfig at(URI url) {
    Tls tls = new Tls(Optional.empty(), Optional.empty());
    return new RegistryConfig(
        List.of(url), Optional.empty(), Optional.empty(), tls, TIMEOUT, ATTEMPTS, BACKOFF);
  }

  /** The same registry with a cache on disk. */
  public RegistryConfig withCacheDir(Path dir) {
    return new RegistryConfig(urls, credentials, Optional.of(dir), tls, timeout, attempts, backoff);
  }

  /** Reads the {@code registry.*} keys. */
  public static RegistryConfig from(Settings settings) {
    List<URI> urls = settings.uris("registry.url");
    if (!urls.stream().allMatch(RegistryConfig::usable)) {
      settings.reject("registry.url", "must be http or https URLs without user, query or fragment");
    }
    return new RegistryConfig(
        urls,
        credentials(settings),
        settings.path("registry.cache-dir"),
        new Tls(store(settings, "registry.truststore"), store(settings, "registry.keystore")),
        settings.duration("registry.timeout", TIMEOUT),
        settings.integer("registry.attempts", ATTEMPTS, 1, 100),
        settings.duration("registry.backoff", BACKOFF));
  }

  private static boolean usable(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null;
    boolean unset = "unset".equals(url.getScheme()); // reported as missing already
    return unset || (http && url.getHost() != null && plain && url.getRawFragment() == null);
  }

  private static Optional<Credentials> credentials(Settings settings) {
    Optional<String> username = settings.optional("registry.username");
    Optional<Secret> password = settings.secret("registry.password");
    if (username.isPresent() != password.isPresent()) {
      settings.reject("registry.username", "needs registry.password, and the other way round");
    }
    return username.flatMap(name -> password.map(secret -> new Credentials(name, secret)));
  }

  private static Optional<Store> store(Settings settings, String key) {
    Optional<Path> file = settings.path(key);
    Optional<Secret> password = settings.secret(key + ".password");
    if (file.isPresent() && password.isEmpty()) {
      settings.reject(key, "needs " + key + ".password");
    }
    return file.flatMap(path -> password.map(secret -> new Store(path, secret)));
  }
}
