package io.riffle.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.failure.Pause;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.testing.InMemoryRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToldRegistryTest {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Pause pause = Pause.of("main", "registry-of-the-test");
  private final ToldRegistry told = new ToldRegistry(registry, pause);

  @AfterEach
  void close() {
    pause.close();
  }

  @Test
  void onlyTheAnswerThatWasMissingEndsThePause() {
    int first = told.register("s", ControlCodec.of(RifBarrier.class).schema());
    int second = told.register("s", ControlCodec.of(RifDelete.class).schema());
    registry.available(false);
    assertThatThrownBy(() -> told.byId(second)).isInstanceOf(RegistryUnavailableException.class);
    assertThat(pause.getNeighbour()).isEqualTo("REGISTRY");

    registry.available(true);
    told.byId(first);
    assertThat(pause.getPaused()).isOne();
    told.byId(second);
    assertThat(pause.getPaused()).isZero();
  }

  @Test
  void anIdThatARegistryDoesNotKnowIsNoFailureOfIt() {
    assertThatThrownBy(() -> told.byId(99)).hasMessageContaining("99");
    assertThat(pause.getPaused()).isZero();
  }
}
