package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package stays free of where bytes come from and go to. Looks into the class files. */
class PackageBordersTest {

  private static final List<String> FOREIGN =
      List.of(
          "org/apache/kafka",
          "software/amazon",
          "java/sql",
          "javax/sql",
          "org/postgresql",
          "java/nio/file",
          "io/riffle/schemas/registry",
          "io/riffle/config");

  @Test
  void knowsNeitherKafkaNorStorageNorSql() throws IOException, URISyntaxException {
    Path classes = Path.of(SplitReader.class.getResource("SplitReader.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(classes)) {
      List<Path> own = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertThat(own).hasSizeGreaterThan(10);
      for (Path file : own) {
        String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(FOREIGN).as(file.getFileName().toString()).noneMatch(constants::contains);
      }
    }
  }
}
