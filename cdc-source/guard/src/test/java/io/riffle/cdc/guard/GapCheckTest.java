package io.riffle.cdc.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.guard.Gap.Reason;
import io.riffle.cdc.guard.SlotState.Slot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapCheckTest {
  private static final Expected EXPECTED = new Expected("riffle_qvp__main_1", "77", 1, 100);

  @Test
  void hasNoGapWhereTheSlotIsNotAheadOfWhatWasRead() {
    assertThat(find(state(slot(200)), Optional.of(200L))).isEmpty();
    assertThat(find(state(slot(150)), Optional.of(200L))).isEmpty();
  }

  @Test
  void takesTheBeginOfTheSlotWhereNothingWasRead() {
    assertThat(find(state(slot(100)), Optional.empty())).isEmpty();
    assertThat(find(state(slot(101)), Optional.empty())).contains(Reason.SLOT_AHEAD);
  }

  @Test
  void findsASlotThatWasAdvancedOrMadeAgain() {
    assertThat(find(state(slot(201)), Optional.of(200L))).contains(Reason.SLOT_AHEAD);
  }

  @Test
  void findsASlotThatIsMissingOrLost() {
    assertThat(find(new SlotState("77", 1, 300, Optional.empty()), Optional.of(200L)))
        .contains(Reason.SLOT_MISSING);
    Slot lost = new Slot(false, "lost", Optional.of(200L), Optional.empty(), 0);
    assertThat(find(state(lost), Optional.of(200L))).contains(Reason.SLOT_LOST);
  }

  @Test
  void findsAnotherServer() {
    SlotState other = new SlotState("78", 1, 300, Optional.of(slot(200)));
    assertThat(find(other, Optional.of(200L))).contains(Reason.OTHER_SYSTEM);
    SlotState later = new SlotState("77", 2, 300, Optional.of(slot(200)));
    assertThat(find(later, Optional.of(200L))).contains(Reason.OTHER_TIMELINE);
  }

  @Test
  void writesPositionsAsPostgresDoes() {
    assertThat(Lsn.parse("16/B374D848")).isEqualTo(0x16_B374_D848L);
    assertThat(Lsn.text(0x16_B374_D848L)).isEqualTo("16/B374D848");
  }

  private static Optional<Reason> find(SlotState state, Optional<Long> read) {
    return GapCheck.find(EXPECTED, state, read).map(Gap::reason);
  }

  private static SlotState state(Slot slot) {
    return new SlotState("77", 1, 300, Optional.of(slot));
  }

  private static Slot slot(long confirmed) {
    return new Slot(false, "reserved", Optional.of(confirmed), Optional.empty(), 0);
  }
}
