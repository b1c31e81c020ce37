package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final AtomicInteger looks = new AtomicInteger();
  private LiveLine line;

  @Test
  void onATerminalTheLineIsRewritten() throws Exception {
    assertThat(shown(true, 3))
        .isEqualTo("\r\u001b[Klook 1\r\u001b[Klook 2" + System.lineSeparator());
  }

  @Test
  void elsewhereThereIsALineEveryTenSeconds() throws Exception {
    assertThat(shown(false, 45).lines()).containsExactly("look 20", "look 40");
  }

  @Test
  void theTextHasCountAndAge() {
    assertThat(LiveLine.text(12_345, Duration.ofMillis(260)))
        .isEqualTo("12,345 changes written; staging is 0.3 s behind");
  }

  /** Looks twice a second; ended during the last look. */
  private String shown(boolean terminal, int last) throws Exception {
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    line = new LiveLine(() -> look(last), out, terminal, Duration.ofMillis(1));
    line.show();
    return told.toString(StandardCharsets.UTF_8);
  }

  private String look(int last) {
    int look = looks.incrementAndGet();
    if (look == last) {
      line.end();
    }
    return "look " + look;
  }
}
