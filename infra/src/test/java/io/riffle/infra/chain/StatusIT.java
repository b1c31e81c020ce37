package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first command of whoever is called at night. */
@Tag("full")
@Tag("stack")
class StatusIT {
  private final Chain chain = Chain.shared();
  private final Cli cli = new Cli(chain.stack().home());

  @ParameterizedTest
  @CsvSource({
    "kafka, FAILED, Kafka does not answer",
    "postgres, (DEGRADED|PAUSED), the ledger's database does not answer"
  })
  void whatIsAwayIsAReasonAndItsPipelinesStay(String server, String state, String reason) {
    awaitWell();
    chain.stack().kill(server);
    try {
      assertThat(cli.run("status").out()).containsPattern("claims +" + state).contains(reason);
    } finally {
      chain.stack().restart(server);
    }
  }

  @AfterEach
  void awaitWell() {
    await("claims RUNNING")
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> assertThat(cli.run("status").out()).containsPattern("claims +RUNNING"));
  }
}
