package io.riffle.chaos.scenario;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** All kinds of faults on all their targets, shuffled; each comes once before one comes twice. */
final class Deck {

  /** A fault that could be drawn. */
  record Card(FaultKind kind, String target) {}

  private final Random random;
  private final List<FaultKind> kinds;
  private final Deque<Card> cards = new ArrayDeque<>();

  Deck(List<FaultKind> kinds, Random random) {
    this.kinds = kinds;
    this.random = random;
  }

  Card draw() {
    if (cards.isEmpty()) {
      cards.addAll(shuffled());
    }
    return cards.remove();
  }

  private List<Card> shuffled() {
    List<Card> all = new ArrayList<>();
    for (FaultKind kind : kinds) {
      kind.targets().forEach(target -> all.add(new Card(kind, target)));
    }
    Collections.shuffle(all, random);
    return all;
  }
}
