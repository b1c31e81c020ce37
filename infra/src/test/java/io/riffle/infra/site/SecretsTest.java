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
  void ofAnOlderStackGainWhatTheyLack() throws IOException {
    Path file = folder.resolve("secrets.properties");
    Files.writeString(
        file, "postgres.password=kept\ns3.access-key=key\ns3.secret-key=secret\nother=1\n");

    Secrets secrets = Secrets.load(file);

    assertThat(secrets.postgresPassword()).isEqualTo("kept");
    assertThat(secrets.hashPepper()).matches("[0-9a-f]{64}");
    assertThat(Secrets.load(file)).isEqualTo(secrets);
    assertThat(Files.readString(file)).contains("other=1");
  }

  @Test
  void differBetweenStacksAndStayOutOfLogs() {
    Secrets one = Secrets.load(folder.resolve("one"));
    Secrets other = Secrets.load(folder.resolve("other"));

    assertThat(one.postgresPassword()).isNotEqualTo(other.postgresPassword());
    assertThat(one.hashPepper()).isNotEqualTo(other.hashPepper());
    assertThat(one.toString())
        .doesNotContain(one.postgresPassword(), one.s3SecretKey(), one.hashPepper());
  }
}
