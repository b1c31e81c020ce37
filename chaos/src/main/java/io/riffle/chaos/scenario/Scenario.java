package io.riffle.chaos.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The rounds of a seed, one after the other. The same seed and scale give the same rounds. */
public final class Scenario {

  private static final int MOST_STRIKES = 3;

  private final Random random;
  private final Deck deck;
  private final Deliveries deliveries;
  private int rounds;

  /**
   * A scenario.
   *
   * @param kinds the faults that it may have
   */
  public Scenario(long seed, Scale scale, List<FaultKind> kinds) {
    this.random = new Random(seed);
    // apart, so that another set of faults leaves the deliveries as they are
    this.deliveries = new Deliveries(scale, new Random(random.nextLong()));
    this.deck = new Deck(kinds, new Random(random.nextLong()));
  }

  /** The next round. */
  public Round next() {
    rounds++;
    return new Round(rounds, deliveries.next(), strikes());
  }

  private List<Strike> strikes() {
    List<Strike> strikes = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_STRIKES);
    for (int i = 1; i <= count; i++) {
      Deck.Card card = deck.draw();
      strikes.add(
          new Strike(
              card.kind(),
              card.target(),
              Duration.ofMillis(500 + random.nextInt(3_000)),
              length(),
              i < count && random.nextInt(4) == 0));
    }
    return strikes;
  }

  /** Mostly short, at times longer than a session or a transaction may be silent. */
  private Duration length() {
    int most = random.nextInt(6) == 0 ? 20_000 : 4_000;
    return Duration.ofMillis(random.nextInt(most));
  }
}
