package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.client.Rest;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Apicurio Registry with its store on disk: its default store forgets all schema ids at the end.
 */
final class Registry implements Component {
  @Override
  public String name() {
    return "registry";
  }

  @Override
  public String configFile() {
    return "registry/registry.env";
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    return Map.of("registry", 8081);
  }

  @Override
  public Launch launch(Site site) {
    Path runner =
        site.lib(name())
            .resolve("apicurio-registry-app-" + Versions.of("registry") + "-runner.jar");
    return new Launch(
        JavaCommand.of(site, 256)
            // asked once per schema and process: a quick start is worth more than peak speed
            .option("-XX:TieredStopAtLevel=1")
            .jar(runner),
        environment(site),
        List.of());
  }

  @Override
  public void check(Site site) throws Exception {
    URI api = site.ownEndpoints().registryUrl();
    Rest.get(URI.create(api + "/subjects"));
  }

  private Map<String, String> environment(Site site) {
    Map<String, String> environment = new TreeMap<>(shared(site));
    Path store = site.folder().data(name()).resolve("registry");
    // WRITE_DELAY=0: an id that was handed out must survive a crash
    environment.put("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + store + ";WRITE_DELAY=0");
    environment.put("QUARKUS_HTTP_HOST", Site.HOST);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(site.ports().get(name())));
    return environment;
  }

  /** The env file's syntax is that of properties as far as we use it. */
  private Map<String, String> shared(Site site) {
    Properties properties = new Properties();
    try (Reader reader =
        Files.newBufferedReader(site.template(configFile()), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> shared = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> shared.put(key, properties.getProperty(key)));
    return shared;
  }
}
