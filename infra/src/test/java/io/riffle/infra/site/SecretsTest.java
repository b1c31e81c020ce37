package io.riffle.infra.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path folder;

  @Test
  void areGeneratedOnceAndReadableByTheirOwnerOnly() throws IOException {
    Path file = folder.resolve("secrets.properties");

    Secrets first = Secrets.load(file);
    Secrets second = Secrets.load(file);

    assertThat(second).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void differBetweenStacksAndStayOutOfLogs() {
    Secrets one = Secrets.load(folder.resolve("one"));
    Secrets other = Secrets.load(folder.resolve("other"));

    assertThat(one.postgresPassword()).isNotEqualTo(other.postgresPassword());
    assertThat(one.toString()).doesNotContain(one.postgresPassword(), one.s3SecretKey());
  }
}
