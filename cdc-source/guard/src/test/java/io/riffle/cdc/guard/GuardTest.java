package io.riffle.cdc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {
  /** As cdc-source has it in its URL: another database must not be looked at. */
  @Test
  void reachesADatabaseWhateverItIsCalled() {
    Guard guard =
        Guard.of(
            Map.of(
                "database.hostname",
                "db.example",
                "database.port",
                "5433",
                "database.dbname",
                "claims/2025?ssl=x",
                "slot.name",
                "riffle_qvp__main_1",
                Guard.SYSTEM,
                "77",
                Guard.TIMELINE,
                "1",
                Guard.SLOT_LSN,
                "100"));

    assertThat(guard.url()).isEqualTo("jdbc:postgresql://db.example:5433/claims%2F2025%3Fssl%3Dx");
  }
}
