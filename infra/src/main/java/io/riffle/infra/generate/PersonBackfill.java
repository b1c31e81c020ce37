package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;

/** The later columns of a person and of the months of one year. */
final class PersonBackfill implements GeneratedRecord {

  private final Seed seed;
  private final long person;
  private final int year;
  private final Enrollment enrollment;

  PersonBackfill(Seed seed, long person, int year) {
    this.seed = seed;
    this.person = person;
    this.year = year;
    this.enrollment = new Enrollment(seed, person, year);
  }

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public String field(Column column, int row) {
    return switch (column.role()) {
      case KEY -> String.valueOf(GenerateRequest.key(person));
      case LINE_KEY -> String.valueOf(year);
      case PERSON, NONE -> value(column);
    };
  }

  private String value(Column column) {
    return column
        .month()
        .map(cell -> enrollment.presentField(column, cell))
        .orElseGet(() -> FieldGenerator.present(column, seed.random(column.name(), person, year)));
  }
}
