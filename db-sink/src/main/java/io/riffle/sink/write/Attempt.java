package io.riffle.sink.write;

import io.riffle.schemas.control.Origin;
import java.util.Comparator;

/** One load of a file. */
public record Attempt(long file, int number) implements Comparable<Attempt> {
  private static final Comparator<Attempt> ORDER =
      Comparator.comparingLong(Attempt::file).thenComparingInt(Attempt::number);

  static Attempt of(Origin origin) {
    return new Attempt(origin.file(), origin.attempt());
  }

  @Override
  public int compareTo(Attempt other) {
    return ORDER.compare(this, other);
  }
}
