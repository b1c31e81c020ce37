package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The worker brings Kafka; a second copy in the plug-in would clash with it. */
class PluginClassPathTest {

  @Test
  void holdsTheDriverAndNoKafka() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/plugin.classpath")) {
      String classPath = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(classPath).contains("postgresql-").doesNotContain("org/apache/kafka");
    }
  }
}
