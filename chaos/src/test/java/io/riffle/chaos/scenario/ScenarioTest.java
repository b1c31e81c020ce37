package io.riffle.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.riffle.chaos.scenario.Delivery.LoadedAgain;
import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.chaos.scenario.Delivery.UploadedAgain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything follows from the seed. */
class ScenarioTest {

  private static final Scale SCALE = new Scale(300, 20);
  private static final List<FaultKind> ALL = List.of(FaultKind.values());

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 42, -7, Long.MAX_VALUE})
  void theSameSeedGivesTheSameRounds(long seed) {
    assertThat(rounds(seed, ALL, 30)).isEqualTo(rounds(seed, ALL, 30));
    assertThat(rounds(seed, ALL, 3)).isNotEqualTo(rounds(seed + 1, ALL, 3));
  }

  @Test
  void otherFaultsLeaveTheDeliveriesAsTheyAre() {
    List<Round> all = rounds(5, ALL, 20);
    List<Round> kills = rounds(5, List.of(FaultKind.KILL), 20);

    assertThat(kills).extracting(Round::deliveries).isEqualTo(deliveries(all));
    assertThat(kills.stream().flatMap(round -> round.strikes().stream()))
        .allMatch(strike -> strike.kind() == FaultKind.KILL);
  }

  @Test
  void everyFaultComesOnceBeforeOneComesTwice() {
    int cards = ALL.stream().mapToInt(kind -> kind.targets().size()).sum();
    List<String> names =
        rounds(3, ALL, 60).stream()
            .flatMap(round -> round.strikes().stream())
            .map(Strike::name)
            .toList();

    assertThat(names).hasSizeGreaterThan(2 * cards);
    assertThat(Set.copyOf(names.subList(0, cards))).hasSize(cards);
    assertThat(Set.copyOf(names.subList(cards, 2 * cards))).hasSize(cards);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void setsFitTheScaleAndAreLoadedAgainOnlyAfterTheirRound(long seed) {
    Set<Integer> seconds = new HashSet<>();
    int known = 0;
    for (Round round : rounds(seed, ALL, 25)) {
      int before = known;
      for (Delivery delivery : round.deliveries()) {
        if (delivery instanceof NewSet set) {
          known++;
          fits(set, known);
          assertThat(seconds.add(set.second())).isTrue();
        } else {
          assertThat(again(delivery)).isBetween(1, before);
        }
      }
      assertThat(known).isGreaterThan(before);
      assertThat(round.strikes().get(round.strikes().size() - 1).stays()).isFalse();
    }
  }

  @Test
  void aRunHasOlderAndNewerSetsPatchesDeletesAndRepeats() {
    List<Delivery> all = deliveries(rounds(9, ALL, 20)).stream().flatMap(List::stream).toList();
    List<NewSet> sets =
        all.stream().filter(NewSet.class::isInstance).map(NewSet.class::cast).toList();

    assertThat(all).hasAtLeastOneElementOfType(UploadedAgain.class);
    assertThat(all).hasAtLeastOneElementOfType(LoadedAgain.class);
    assertThat(sets).anyMatch(set -> set.types().get(0).endsWith("_MERGE"));
    assertThat(sets).anyMatch(set -> set.deleteEvery() > 0);
    assertThat(sets.stream().flatMap(set -> set.types().stream()))
        .contains("PDE", "CARRIER_MERGE", "BENEFICIARY")
        .containsAnyOf("DME", "HHA", "HOSPICE", "INPATIENT", "OUTPATIENT", "SNF");
    assertThat(sets).anyMatch(NewSet::olderLayout);
    assertThat(IntStream.range(1, sets.size()))
        .anyMatch(i -> sets.get(i).second() < sets.get(i - 1).second())
        .anyMatch(i -> sets.get(i).second() > sets.get(i - 1).second());
  }

  @Test
  void moreKeysThanTheCanaryHasDigitsForAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Scale(5_001, 20));
    assertThatIllegalArgumentException().isThrownBy(() -> new Scale(100, 4));
  }

  private static void fits(NewSet set, int number) {
    assertThat(set.number()).isEqualTo(number);
    assertThat(set.types()).isNotEmpty();
    assertThat(set.first()).isNotNegative();
    assertThat(set.first() + set.records()).isLessThanOrEqualTo(SCALE.keys());
    assertThat(set.firstPerson() + set.persons()).isLessThanOrEqualTo(SCALE.persons());
  }

  private static int again(Delivery delivery) {
    return delivery instanceof UploadedAgain upload ? upload.set() : ((LoadedAgain) delivery).set();
  }

  private static List<List<Delivery>> deliveries(List<Round> rounds) {
    return rounds.stream().map(Round::deliveries).toList();
  }

  private static List<Round> rounds(long seed, List<FaultKind> kinds, int count) {
    Scenario scenario = new Scenario(seed, SCALE, kinds);
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rounds.add(scenario.next());
    }
    return rounds;
  }
}
