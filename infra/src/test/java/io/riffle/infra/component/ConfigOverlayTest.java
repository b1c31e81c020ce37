package io.riffle.infra.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigOverlayTest {
  @TempDir Path folder;

  @Test
  void replacesInPlaceAndAddsTheRest() throws IOException {
    Path template = folder.resolve("server.properties");
    Files.writeString(template, "# port=1\nport = 9092\nkept=a=b\n\nlog.dirs=/var\n");

    String text =
        ConfigOverlay.of(template)
            .with("port", 4711)
            .with("log.dirs", folder)
            .with("extra", "yes")
            .render();

    assertThat(text)
        .isEqualTo("# port=1\nport=4711\nkept=a=b\n\nlog.dirs=" + folder + "\nextra=yes\n");
  }

  @Test
  void takesValuesLiterally() throws IOException {
    Path template = folder.resolve("a.properties");
    Files.writeString(template, "key=old\n");

    assertThat(ConfigOverlay.of(template).with("key", "$1\\{}").render()).isEqualTo("key=$1\\{}\n");
  }
}
