package io.riffle.infra.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void takesAnotherPortAndSaysSoWhenTheUsualOneIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Ports ports = ports(PortPolicy.USUAL);

      int port = ports.assign("kafka", taken.getLocalPort());

      assertThat(port).isNotEqualTo(taken.getLocalPort());
      assertThat(ports.takeNotes())
          .containsExactly(
              "kafka listens on port %d, because %d was taken"
                  .formatted(port, taken.getLocalPort()));
      assertThat(ports.takeNotes()).isEmpty();
    }
  }

  @Test
  void takesTheUsualPortSilentlyWhenItIsFree() throws IOException {
    int free = freePort();
    Ports ports = ports(PortPolicy.USUAL);

    assertThat(ports.assign("kafka", free)).isEqualTo(free);
    assertThat(ports.takeNotes()).isEmpty();
  }

  @Test
  void neverTakesTheUsualPortInATest() throws IOException {
    int usual = freePort();

    assertThat(ports(PortPolicy.FREE).assign("kafka", usual)).isNotEqualTo(usual);
  }

  @Test
  void keepsAPortFromOneStartToTheNext() throws IOException {
    int first = ports(PortPolicy.FREE).assign("kafka", 9092);

    Ports later = ports(PortPolicy.FREE);

    assertThat(later.get("kafka")).isEqualTo(first);
    assertThat(later.assign("kafka", 9092)).isEqualTo(first);
  }

  @Test
  void givesNoPortTwice() throws IOException {
    int usual = freePort();
    Ports ports = ports(PortPolicy.USUAL);

    int first = ports.assign("registry", usual);
    int second = ports.assign("connect", usual);

    assertThat(second).isNotEqualTo(first);
  }

  private Ports ports(PortPolicy policy) {
    return Ports.load(folder.resolve("ports.properties"), policy);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
