package io.riffle.infra.generate;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * A claim or a drug event. Its dates lie within some weeks; of numbered columns, such as the
 * diagnoses, the first few are filled.
 */
final class Claim implements GeneratedRecord {

  private static final int MOST_NUMBERED = 25;

  private final Entry entry;
  private final int[] places;
  private final long number;
  private final long person;
  private final int lines;
  private final SplittableRandom random;
  private final LocalDate day;
  private final int filled;

  /**
   * A record.
   *
   * @param places of the layout's columns among the numbered ones of their name, by ordinal; 0 for
   *     a column without a number
   */
  Claim(Entry entry, int[] places, long number, long person, int lines, SplittableRandom random) {
    this.entry = entry;
    this.places = places;
    this.number = number;
    this.person = person;
    this.lines = lines;
    this.random = random;
    this.day = FieldGenerator.day(random);
    this.filled = random.nextInt(20) == 0 ? random.nextInt(MOST_NUMBERED) : 1 + random.nextInt(4);
  }

  @Override
  public int rows() {
    return lines;
  }

  @Override
  public String field(Column column, int row) {
    return switch (column.role()) {
      case KEY -> String.valueOf(GenerateRequest.key(number));
      case LINE_KEY -> String.valueOf(row);
      case PERSON -> String.valueOf(GenerateRequest.key(person));
      case NONE -> value(column);
    };
  }

  private String value(Column column) {
    if (entry.merge()) {
      return present(column);
    }
    int place = places[column.ordinal()];
    if (!column.required() && place > 0) {
      return place <= filled ? present(column) : "";
    }
    return FieldGenerator.leftOut(column, random).orElseGet(() -> present(column));
  }

  private String present(Column column) {
    if (column.kind() == Kind.DATE) {
      return FieldGenerator.date(day.plusDays(daysLater(column.name())), random);
    }
    return switch (column.name()) {
      case "NCH_CLM_TYPE_CD" -> claimType();
      case "FINAL_ACTION" -> "F";
      default -> FieldGenerator.present(column, random);
    };
  }

  private int daysLater(String name) {
    if (name.contains("PROC_DT")) {
      return 14 + random.nextInt(30);
    }
    boolean end = name.contains("THRU") || name.contains("LAST") || name.contains("DSCHRG");
    return end ? random.nextInt(14) : 0;
  }

  /** The claims history's own number of the kind of claim. */
  private String claimType() {
    return switch (entry.layout().type()) {
      case "HHA" -> "10";
      case "SNF" -> "20";
      case "OUTPATIENT" -> "40";
      case "HOSPICE" -> "50";
      case "INPATIENT" -> "60";
      case "DME" -> "82";
      default -> "71";
    };
  }
}
