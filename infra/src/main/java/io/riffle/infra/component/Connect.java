package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.client.Rest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A distributed Kafka Connect worker, one per partition set. */
final class Connect implements Component {
  private static final List<String> PLUGIN_COMPONENTS = List.of("db-sink", "debezium");

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public String configFile() {
    return "connect/connect-distributed.properties";
  }

  @Override
  public boolean perSet() {
    return true;
  }

  @Override
  public Set<String> needs() {
    return Set.of("kafka");
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    return Map.of(site.instance(name()), 8083);
  }

  /** The sink's plug-in answers it, on the port of the REST interface. */
  @Override
  public Optional<String> metricsPort(Site site) {
    return Optional.of(site.instance(name()));
  }

  @Override
  public Launch launch(Site site) {
    Path file = site.folder().conf(site.instance(name())).resolve("connect-distributed.properties");
    String config = overlay(site).writeTo(file);
    List<String> command =
        JavaCommand.of(site, 512)
            .main(
                List.of(site.lib(name())), "org.apache.kafka.connect.cli.ConnectDistributed", file);
    Map<String, String> secrets =
        Map.of("RIFFLE_DATABASE_PASSWORD", site.endpoints().postgresPassword());
    return new Launch(
        command,
        secrets,
        List.of(config, OwnJars.checksum(pluginFolders(site)), LayoutTexts.of(site)));
  }

  /** Plug-ins are copied: a build may not pull a jar from under a running worker. */
  @Override
  public void prepare(Site site) {
    OwnJars.copyFolders(pluginFolders(site), plugins(site));
  }

  /** A worker answers GET / before it has joined its group; the list of connectors needs both. */
  @Override
  public void check(Site site) throws Exception {
    Rest.get(site.endpoints().connectUrl());
    Rest.get(site.endpoints().connectUrl().resolve("/connectors"));
  }

  private ConfigOverlay overlay(Site site) {
    String group = site.set() + ".connect";
    return ConfigOverlay.of(site.template(configFile()))
        .with("bootstrap.servers", site.told("kafka"))
        .with("group.id", group)
        .with("offset.storage.topic", group + ".offsets")
        .with("config.storage.topic", group + ".configs")
        .with("status.storage.topic", group + ".status")
        .with("listeners", site.endpoints().connectUrl())
        .with("config.providers.secrets.param.allowed.paths", site.folder().cdcSecrets())
        .with("plugin.path", plugins(site))
        .with("plugin.discovery", discovery(site));
  }

  /** Plug-ins of others may have no manifests. */
  private static String discovery(Site site) {
    return site.connectPlugins().isEmpty() ? "service_load" : "hybrid_warn";
  }

  private Path plugins(Site site) {
    return site.folder().programs(site.instance("connect-plugins"));
  }

  private static List<Path> pluginFolders(Site site) {
    Stream<Path> own =
        PLUGIN_COMPONENTS.stream().map(one -> site.lib(one).resolveSibling("plugins"));
    return Stream.concat(own, site.connectPlugins().stream()).toList();
  }
}
