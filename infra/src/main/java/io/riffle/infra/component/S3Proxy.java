package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.client.S3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 over a folder. */
final class S3Proxy implements Component {
  @Override
  public String name() {
    return "s3proxy";
  }

  @Override
  public String configFile() {
    return "s3proxy/s3proxy.conf";
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    return Map.of("s3proxy", 9000);
  }

  @Override
  public Launch launch(Site site) {
    Path file = site.folder().conf(name()).resolve("s3proxy.conf");
    String config =
        ConfigOverlay.of(site.template(configFile()))
            .with("s3proxy.endpoint", site.ownEndpoints().s3())
            .with("s3proxy.identity", site.secrets().s3AccessKey())
            .with("s3proxy.credential", site.secrets().s3SecretKey())
            .with("jclouds.filesystem.basedir", objects(site))
            .writeTo(file);
    List<String> command =
        JavaCommand.of(site, 256)
            .main(List.of(site.lib(name())), "org.gaul.s3proxy.Main", "--properties", file);
    return new Launch(command, Map.of(), List.of(config));
  }

  @Override
  public void prepare(Site site) {
    try {
      Files.createDirectories(objects(site));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void check(Site site) throws Exception {
    Tcp.connect(site.ports().get(name()));
    try (S3Client s3 = S3.open(site.ownEndpoints())) {
      s3.listBuckets();
    }
  }

  private Path objects(Site site) {
    return site.folder().data(name());
  }
}
