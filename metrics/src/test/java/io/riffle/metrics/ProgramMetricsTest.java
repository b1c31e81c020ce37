package io.riffle.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramMetricsTest {

  @Test
  void countsWithoutAServerUnlessOneIsWanted() {
    try (ProgramMetrics metrics = ProgramMetrics.start(new MetricsConfig(Optional.empty()))) {
      metrics.registry().counter("rows").increment();

      assertThat(metrics.address()).isEmpty();
      assertThat(metrics.registry().counter("rows").count()).isEqualTo(1);
    }
  }

  @Test
  void answersWhereItIsToldTo() {
    try (ProgramMetrics metrics = ProgramMetrics.start(at("127.0.0.1:0"))) {
      assertThat(metrics.address()).hasValueSatisfying(a -> assertThat(a.getPort()).isPositive());
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();

      assertThatThrownBy(() -> ProgramMetrics.start(at(listen)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("metrics.listen = " + listen + ": cannot be listened at: ")
          .hasMessageContaining("in use");
    }
  }

  @Test
  void namesAnAddressThatIsNone() {
    assertThatThrownBy(() -> at("9404"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("metrics.listen = 9404: must be HOST:PORT");
  }

  private static MetricsConfig at(String listen) {
    return Settings.of(Map.of("metrics.listen", listen)).build(MetricsConfig::from);
  }
}
