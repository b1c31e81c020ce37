package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Role;
import java.util.SplittableRandom;

/** A person in a reference year. */
final class PersonYear implements GeneratedRecord {

  private final Seed seed;
  private final long person;
  private final int year;
  private final Identity identity;
  private final boolean changed;
  private final Enrollment enrollment;

  /**
   * A record.
   *
   * @param changed whether the person had another identity in the data set's file before
   */
  PersonYear(Seed seed, long person, int year, Identity identity, boolean changed) {
    this.seed = seed;
    this.person = person;
    this.year = year;
    this.identity = identity;
    this.changed = changed;
    this.enrollment = new Enrollment(seed, person, year);
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public String field(Column column, int row) {
    if (column.role() == Role.KEY) {
      return String.valueOf(GenerateRequest.key(person));
    }
    return column
        .month()
        .map(cell -> enrollment.field(column, cell))
        .or(() -> identity.field(column.name(), seed.random(column.name(), person)))
        .orElseGet(() -> other(column));
  }

  private String other(Column column) {
    return switch (column.name()) {
      case "RFRNC_YR" -> hasYear() ? String.valueOf(year) : "";
      case "A_MO_CNT", "B_MO_CNT", "PLAN_CVRG_MO_CNT" -> String.valueOf(enrollment.months());
      case "BUYIN_MO_CNT", "HMO_MO_CNT", "RDS_MO_CNT", "DUAL_MO_CNT" ->
          String.valueOf(random(column).nextInt(enrollment.months() + 1));
      case "AGE" -> String.valueOf(Math.max(0, year - identity.birth().getYear()));
      default -> new PersonFields(seed).field(column, person);
    };
  }

  private SplittableRandom random(Column column) {
    return seed.random(column.name(), person, year);
  }

  /** Some records of real files do not say which year they are of. */
  private boolean hasYear() {
    return seed.random("no year", person, year).nextInt(25) != 0;
  }

  @Override
  public int months() {
    return hasYear() ? enrollment.months() : 0;
  }

  @Override
  public int formerIdentities() {
    return changed ? 1 : 0;
  }
}
