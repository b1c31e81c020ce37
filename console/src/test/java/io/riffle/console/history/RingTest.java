package io.riffle.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final Ring ring =
      new Ring(Duration.ofSeconds(50), Duration.ofSeconds(10), Duration.ofSeconds(5));

  private void add(int second, long lag) {
    ring.add(START.plusSeconds(second), lag, 0.5);
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(ring.points()).isEmpty();
    assertThat(ring.newest()).isEqualTo(Instant.MIN);
  }

  @Test
  void keepsTheLastOfEachStep() {
    add(0, 1);
    add(9, 2);
    add(10, 3);

    assertThat(ring.points()).extracting(Point::count).containsExactly(2L, 3L);
    assertThat(ring.points().get(1).second()).isEqualTo(START.getEpochSecond() + 10);
  }

  @Test
  void forgetsWhatIsOlderThanItsSpan() {
    for (int second = 0; second <= 100; second += 10) {
      add(second, second);
    }

    assertThat(ring.points()).extracting(Point::count).containsExactly(60L, 70L, 80L, 90L, 100L);
  }

  @Test
  void leavesGapsOut() {
    add(0, 1);
    add(30, 4);
    assertThat(ring.points()).extracting(Point::count).containsExactly(1L, 4L);

    add(1_000, 5);
    assertThat(ring.points()).extracting(Point::count).containsExactly(5L);
  }

  @Test
  void tellsOfGapsThatAreLongerThanAFewValues() {
    add(0, 1);
    add(20, 2);
    assertThat(ring.pointsAndGaps()).as("one was missed").hasSize(2);

    add(60, 5);
    assertThat(ring.pointsAndGaps()).extracting(Point::count).containsExactly(2L, -1L, 5L);
    assertThat(ring.pointsAndGaps().get(1).second()).isEqualTo(START.getEpochSecond() + 30);
    assertThat(ring.line(Point::count)).containsExactly(2, Double.NaN, Double.NaN, Double.NaN, 5);
  }

  @Test
  void takesInWhatAnotherHadOfItsSpan() {
    for (int second = 0; second <= 100; second += 10) {
      add(second, second);
    }
    Ring other = new Ring(Duration.ofSeconds(50), Duration.ofSeconds(10), Duration.ofSeconds(5));

    other.restore(ring.points(), START.plusSeconds(125));

    assertThat(other.points()).extracting(Point::count).containsExactly(80L, 90L, 100L);
    Ring behindTheClock =
        new Ring(Duration.ofSeconds(50), Duration.ofSeconds(10), Duration.ofSeconds(5));
    behindTheClock.restore(ring.points(), START);
    assertThat(behindTheClock.points()).as("of the future").isEmpty();
  }

  @Test
  void doesNotGoBackWithTheClock() {
    add(30, 4);
    add(10, 9);

    assertThat(ring.points()).extracting(Point::count).containsExactly(4L);
  }
}
