package io.riffle.infra.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final Launch LAUNCH =
      new Launch(List.of("java", "Main"), Map.of("A", "1"), List.of("port=1"));

  @Test
  void fingerprintIsTheSameForTheSame() {
    Launch same = new Launch(List.of("java", "Main"), Map.of("A", "1"), List.of("port=1"));

    assertThat(same.fingerprint()).isEqualTo(LAUNCH.fingerprint());
  }

  @Test
  void fingerprintChangesWithCommandEnvironmentAndConfiguration() {
    assertThat(
            List.of(
                new Launch(List.of("javaMain"), Map.of("A", "1"), List.of("port=1")).fingerprint(),
                new Launch(List.of("java", "Main"), Map.of("A", "2"), List.of("port=1"))
                    .fingerprint(),
                new Launch(List.of("java", "Main"), Map.of("A", "1"), List.of("port=2"))
                    .fingerprint()))
        .doesNotContain(LAUNCH.fingerprint())
        .doesNotHaveDuplicates();
  }

  @Test
  void keepsTheEnvironmentOutOfMessages() {
    Launch launch = new Launch(List.of("java"), Map.of("PASSWORD", "hush"), List.of());

    assertThat(launch.toString()).doesNotContain("hush");
  }
}
