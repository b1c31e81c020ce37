package io.riffle.infra.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.site.SetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptVariablesTest {
  private static final SetName OTHER = new SetName("other");

  @TempDir Path folder;

  @Test
  void stayUntilTheyAreGivenOtherwise() throws IOException {
    keep(SetName.MAIN, Map.of("RIFFLE_CONSOLE_URL", "https://a", "RIFFLE_HASH_ITERATIONS", "2"));
    keep(SetName.MAIN, Map.of("RIFFLE_CONSOLE_URL", "https://b", "PATH", "/bin"));

    assertThat(of(SetName.MAIN, Map.of()))
        .isEqualTo(Map.of("RIFFLE_CONSOLE_URL", "https://b", "RIFFLE_HASH_ITERATIONS", "2"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void anEmptyOneIsTakenBack() {
    keep(SetName.MAIN, Map.of("RIFFLE_CONSOLE_OIDC_ISSUER", "https://a"));

    assertThat(of(SetName.MAIN, Map.of("RIFFLE_CONSOLE_OIDC_ISSUER", " "))).isEmpty();
    assertThat(of(SetName.MAIN, Map.of())).as("who only looks changes nothing").hasSize(1);
    keep(SetName.MAIN, Map.of("RIFFLE_CONSOLE_OIDC_ISSUER", ""));
    assertThat(of(SetName.MAIN, Map.of())).isEmpty();
  }

  @Test
  void areOfOneSet() {
    keep(SetName.MAIN, Map.of("RIFFLE_CONSOLE_URL", "https://a"));
    keep(OTHER, Map.of("RIFFLE_CONSOLE_URL", "https://b"));

    assertThat(of(SetName.MAIN, Map.of())).isEqualTo(Map.of("RIFFLE_CONSOLE_URL", "https://a"));
    assertThat(of(OTHER, Map.of())).isEqualTo(Map.of("RIFFLE_CONSOLE_URL", "https://b"));
  }

  private void keep(SetName set, Map<String, String> environment) {
    KeptVariables.of(file(), set, environment).keep();
  }

  private Map<String, String> of(SetName set, Map<String, String> environment) {
    return KeptVariables.of(file(), set, environment).values();
  }

  private Path file() {
    return folder.resolve("variables.properties");
  }
}
