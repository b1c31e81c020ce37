package io.riffle.infra.generate;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The identities of persons. One part of it changes in a year at times; a person's identity in a
 * year is the same whichever years are generated.
 */
final class Identities {

  private static final int BEFORE_CHANGES = 2000;
  private static final int YEARS_PER_CHANGE = 6;

  private enum Part {
    BIRTH,
    SEX,
    HICN,
    MBI,
    BEGIN
  }

  private final Seed seed;

  Identities(Seed seed) {
    this.seed = seed;
  }

  /** A person's identity in a year. */
  Identity of(long person, int year) {
    Map<Part, Integer> changes = new EnumMap<>(Part.class);
    for (int y = BEFORE_CHANGES + 1; y <= year; y++) {
      SplittableRandom random = seed.random("identity", person, y);
      if (random.nextInt(YEARS_PER_CHANGE) == 0) {
        changes.put(part(random), y);
      }
    }
    return identity(person, changes);
  }

  /** An identity that a person had before all the years; number counts from 1. */
  Identity former(long person, int number) {
    Part changed = part(seed.random("former", person, number));
    return identity(person, Map.of(changed, -number));
  }

  private static Part part(SplittableRandom random) {
    return Part.values()[random.nextInt(Part.values().length)];
  }

  /** A new Medicare number is valid from a day of its own. */
  private Identity identity(long person, Map<Part, Integer> changes) {
    int mbi = changes.getOrDefault(Part.MBI, 0);
    int begin = changes.getOrDefault(Part.BEGIN, 0);
    return new Identity(
        birth(person, changes.getOrDefault(Part.BIRTH, 0)),
        String.valueOf(1 + random(Part.SEX, person, changes).nextInt(2)),
        hicn(person, random(Part.HICN, person, changes)),
        mbi(mbi, random(Part.MBI, person, changes)),
        begin(seed.random(Part.BEGIN.name(), person, Math.max(mbi, begin))));
  }

  private SplittableRandom random(Part part, long person, Map<Part, Integer> changes) {
    return seed.random(part.name(), person, changes.getOrDefault(part, 0));
  }

  /** A correction moves the day a little. */
  private LocalDate birth(long person, int change) {
    SplittableRandom first = seed.random(Part.BIRTH.name(), person, 0);
    LocalDate day = LocalDate.of(1925 + first.nextInt(35), 1, 1).plusDays(first.nextInt(365));
    SplittableRandom later = seed.random(Part.BIRTH.name(), person, change);
    return change == 0 ? day : day.plusDays(1 + later.nextInt(30));
  }

  /** The letter says in whose right the person is entitled; the number itself stays. */
  private String hicn(long person, SplittableRandom random) {
    String number = FieldGenerator.digits("T", 9, seed.random("HICN number", person));
    return number + (char) ('A' + random.nextInt(4));
  }

  /** An S in the second place is in no real number. */
  private static String mbi(int change, SplittableRandom random) {
    if (change == 0 && random.nextInt(30) == 0) {
      return "";
    }
    return "1S" + FieldGenerator.code(9, random);
  }

  private static Optional<LocalDate> begin(SplittableRandom random) {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(FieldGenerator.day(random));
  }
}
