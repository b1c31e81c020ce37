package io.riffle.infra.chain.canary;

import java.util.Set;
import java.util.TreeSet;

/** Where canaries were seen. Not for use by several threads. */
final class Sightings {

  private final Set<String> places = new TreeSet<>();
  private long looks;

  void look(String place, String text) {
    looks++;
    if (text != null) {
      Canary.in(text).ifPresent(canary -> places.add(place + ": " + canary));
    }
  }

  void look(String place, byte[] bytes) {
    looks++;
    Canary.in(bytes).ifPresent(canary -> places.add(place + ": " + canary));
  }

  Set<String> places() {
    return places;
  }

  /** How many texts were looked at. */
  long looks() {
    return looks;
  }
}
