package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFolderTest {
  @TempDir Path folder;

  @Test
  void keepsAPasswordForItsOwnerAlone() throws IOException {
    SecretFolder secrets = secrets();
    secrets.write("qvp", Secret.of("first"));
    secrets.write("qvp", Secret.of("second"));

    Path file = folder.resolve("qvp.password");
    assertThat(secrets.read(SecretFolder.placeOf("qvp"), Map.of()).reveal()).isEqualTo("second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    secrets.delete("qvp");
    assertThat(file).doesNotExist();
  }

  @Test
  void namesPlacesToTheWorkerAndNeverThePassword() {
    assertThat(secrets().reference("file:qvp.password")).isEqualTo("${secrets:/w:qvp.password}");
    assertThat(secrets().reference("env:RIFFLE_QVP")).isEqualTo("${env:RIFFLE_QVP}");
  }

  @Test
  void refusesWhatTheWorkerWouldReadDifferently() throws IOException {
    Files.writeString(folder.resolve("qvp.password"), "with a line break\n");
    assertThatThrownBy(() -> secrets().read("file:qvp.password", Map.of()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no line break")
        .hasMessageNotContaining("with a");
    assertThatThrownBy(() -> secrets().read("env:RIFFLE_QVP", Map.of()))
        .hasMessageContaining("RIFFLE_QVP");
  }

  @Test
  void knowsPlacesThatTheWorkerMayRead() {
    assertThat(SecretFolder.isPlace("file:qvp.password")).isTrue();
    assertThat(SecretFolder.isPlace("env:RIFFLE_QVP")).isTrue();
    assertThat(SecretFolder.isPlace("env:HOME")).isFalse();
    assertThat(SecretFolder.isPlace("file:../qvp")).isFalse();
    assertThat(SecretFolder.isPlace("file:.hidden")).isFalse();
  }

  private SecretFolder secrets() {
    return new SecretFolder(folder, "${secrets:/w:%s}");
  }
}
