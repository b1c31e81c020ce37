package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * One of Riffle's own programs: a properties file named by {@code RIFFLE_CONFIG}, addresses and
 * secrets by {@code RIFFLE_*} variables.
 *
 * @param settles it has no service to ask for: a program that is alive after this time counts as
 *     started
 * @param usualMetricsPort where it answers Prometheus
 */
record RiffleService(
    String name, String mainClass, String configFile, Duration settles, int usualMetricsPort)
    implements Component {
  private static final String CONSOLE_PREFIX = "RIFFLE_CONSOLE_";

  @Override
  public boolean perSet() {
    return true;
  }

  @Override
  public boolean afterSetup() {
    return true;
  }

  @Override
  public Set<String> needs() {
    return Set.of("postgres", "kafka", "registry", "s3proxy");
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    return Map.of(metricsName(site), usualMetricsPort);
  }

  @Override
  public Optional<String> metricsPort(Site site) {
    return Optional.of(metricsName(site));
  }

  private String metricsName(Site site) {
    return site.instance(name + "-metrics");
  }

  @Override
  public boolean isBuilt(Site site) {
    String entry = mainClass.replace('.', '/') + ".class";
    Path lib = site.lib(name);
    if (!Files.isDirectory(lib)) {
      return false;
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(OwnJars::isOwn).anyMatch(jar -> holds(jar, entry));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Launch launch(Site site) {
    List<String> command =
        JavaCommand.of(site, 512).main(List.of(programs(site), site.lib(name)), mainClass);
    return new Launch(
        command,
        environment(site),
        List.of(OwnJars.checksum(List.of(site.lib(name))), config(site), LayoutTexts.of(site)));
  }

  @Override
  public void prepare(Site site) {
    OwnJars.copyOwn(site.lib(name), programs(site));
    try {
      Files.createDirectories(site.folder().data(site.instance(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void check(Site site) {}

  private Map<String, String> environment(Site site) {
    Endpoints endpoints = site.endpoints();
    Map<String, String> environment = new TreeMap<>();
    environment.put("RIFFLE_CONFIG", site.template(configFile).toString());
    environment.put("RIFFLE_SET", site.set().text());
    environment.put(Site.DEPLOYMENT, site.deployment());
    Path data = site.folder().data(site.instance(name));
    environment.put("RIFFLE_REGISTRY_CACHE_DIR", data.resolve("schemas").toString());
    environment.put("RIFFLE_MERGE_STATE_DIR", data.resolve("state").toString());
    environment.put("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", endpoints.bootstrapServers());
    environment.put("RIFFLE_REGISTRY_URL", endpoints.registryUrl().toString());
    environment.put("RIFFLE_DATABASE_URL", endpoints.jdbcUrl());
    environment.put("RIFFLE_DATABASE_USER", endpoints.postgresUser());
    environment.put("RIFFLE_DATABASE_PASSWORD", endpoints.postgresPassword());
    environment.put("RIFFLE_S3_ENDPOINT", endpoints.s3().toString());
    environment.put("RIFFLE_S3_REGION", endpoints.s3Region());
    environment.put("RIFFLE_S3_BUCKET", endpoints.bucket());
    environment.put("RIFFLE_S3_ACCESS_KEY", endpoints.s3AccessKey());
    environment.put("RIFFLE_S3_SECRET_KEY", endpoints.s3SecretKey());
    environment.put("RIFFLE_CONNECT_URL", endpoints.connectUrl().toString());
    environment.put("RIFFLE_CDC_FILE", site.template("cdc-source/cdc.yaml").toString());
    environment.put("RIFFLE_CDC_SECRETS_DIR", site.folder().cdcSecrets().toString());
    environment.put("RIFFLE_HASH_PEPPER", site.secrets().hashPepper());
    environment.put("RIFFLE_METRICS_LISTEN", site.address(metricsName(site)));
    site.given().entrySet().stream()
        .filter(one -> isForUs(one.getKey()))
        .forEach(one -> environment.put(one.getKey(), one.getValue()));
    return environment;
  }

  /** What is the console's alone does not start other programs anew when it changes. */
  private boolean isForUs(String variable) {
    return !variable.startsWith(CONSOLE_PREFIX) || name.equals(Console.NAME);
  }

  private String config(Site site) {
    try {
      return Files.readString(site.template(configFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path programs(Site site) {
    return site.folder().programs(site.instance(name));
  }

  private static boolean holds(Path jar, String entry) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry(entry) != null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }
}
