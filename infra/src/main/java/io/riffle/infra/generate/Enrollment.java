package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Column.MonthCell;
import java.util.SplittableRandom;

/** The months of a year in which a person is enrolled; the fields of the others are empty. */
final class Enrollment {

  private static final int MONTHS = 12;

  private final Seed seed;
  private final long person;
  private final int year;
  private final int first;
  private final int last;
  private final int planChange;

  /** Mostly the whole year, at times a part of it or no month. */
  Enrollment(Seed seed, long person, int year) {
    this.seed = seed;
    this.person = person;
    this.year = year;
    SplittableRandom random = seed.random("enrollment", person, year);
    boolean none = random.nextInt(20) == 0;
    this.first = random.nextInt(8) == 0 ? 1 + random.nextInt(MONTHS) : 1;
    int end = random.nextInt(8) == 0 ? first + random.nextInt(MONTHS + 1 - first) : MONTHS;
    this.last = none ? 0 : end;
    this.planChange = 1 + random.nextInt(5 * MONTHS);
  }

  int months() {
    return Math.max(0, last - first + 1);
  }

  /** A month's field; every month of the enrollment has a county at least. */
  String field(Column column, MonthCell cell) {
    return isEnrolled(cell)
        ? FieldGenerator.leftOut(column, random("no " + cell.column(), cell))
            .filter(leftOut -> !isCounty(cell))
            .orElseGet(() -> present(column, cell))
        : "";
  }

  /** The same, but never left out. */
  String presentField(Column column, MonthCell cell) {
    return isEnrolled(cell) ? present(column, cell) : "";
  }

  private boolean isEnrolled(MonthCell cell) {
    return cell.month() >= first && cell.month() <= last;
  }

  private static boolean isCounty(MonthCell cell) {
    return cell.column().equals("fips_state_cnty_code");
  }

  private String present(Column column, MonthCell cell) {
    SplittableRandom random = random(cell.column(), cell);
    return cell.column().endsWith("contract_number_id")
        ? FieldGenerator.digits("H", column.length(), random)
        : column.length() == 0
            ? FieldGenerator.present(column, random)
            : FieldGenerator.digits("", column.length(), random);
  }

  /** The same for all months, but for a change of plans within the year. */
  private SplittableRandom random(String purpose, MonthCell cell) {
    return seed.random(purpose + (cell.month() < planChange ? " first " : " then "), person, year);
  }
}
