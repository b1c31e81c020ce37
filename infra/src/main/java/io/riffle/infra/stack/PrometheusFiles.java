package io.riffle.infra.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a Prometheus needs to watch one stack: the repository's configuration with the place of the
 * rules in it, and the services with the ports that they really have. Prometheus reads the latter
 * again whenever it changes.
 */
final class PrometheusFiles {
  /** In the repository and in the stack's folder. */
  static final String CONFIG = "prometheus.yml";

  private static final String FOLDER = "infra/prometheus";
  private static final String RULES = "rules.yml";

  private PrometheusFiles() {}

  static void write(Site site, List<Service> services) {
    Path from = site.root().resolve(FOLDER);
    Path to = site.folder().prometheus();
    try {
      Files.createDirectories(to);
      String config = Files.readString(from.resolve(CONFIG));
      replace(to.resolve(CONFIG), config.replace(RULES, from.resolve(RULES).toString()));
      replace(site.folder().targets(), targets(services));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + to, e);
    }
  }

  private static String targets(List<Service> services) {
    ArrayNode groups = new ObjectMapper().createArrayNode();
    for (Service service : services) {
      service.metrics().ifPresent(address -> describe(service, address, groups.addObject()));
    }
    return groups.toPrettyString() + "\n";
  }

  private static void describe(Service service, String address, ObjectNode group) {
    group.putArray("targets").add(address);
    group
        .putObject("labels")
        .put("instance", service.name())
        .put("job", service.component().name())
        .put("set", service.set().text());
  }

  /** Never half a file: somebody may be reading it. */
  private static void replace(Path file, String text) throws IOException {
    Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
