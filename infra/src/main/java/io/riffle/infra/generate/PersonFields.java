package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/** Fields of a person that stay the same over the years: names, address, codes. */
final class PersonFields {

  private static final String[] SYLLABLES = {
    "ba", "cor", "dé", "fi", "gra", "hul", "jo", "kri", "la", "mün", "nor", "ña", "pe", "sto", "wyn"
  };

  private final Seed seed;

  PersonFields(Seed seed) {
    this.seed = seed;
  }

  String field(Column column, long person) {
    SplittableRandom random = seed.random(column.name(), person);
    return switch (column.name()) {
      case "BENE_SRNM_NAME", "BENE_GVN_NAME", "CITY_NAME" -> name(random);
      case "DRVD_LINE_1_ADR" -> (1 + random.nextInt(999)) + " " + name(random) + " St";
      case "DRVD_LINE_2_ADR" -> random.nextInt(5) == 0 ? "Apt " + random.nextInt(99) : "";
      case "DRVD_LINE_3_ADR", "DRVD_LINE_4_ADR", "DRVD_LINE_5_ADR", "DRVD_LINE_6_ADR" -> "";
      case "STATE_CODE" -> FieldGenerator.digits("", 2, random);
      case "BENE_COUNTY_CD" -> FieldGenerator.digits("", 5, random);
      case "COVSTART" -> DateTimeFormatter.BASIC_ISO_DATE.format(FieldGenerator.day(random));
      case "DEATH_DT" -> random.nextInt(30) == 0 ? FieldGenerator.present(column, random) : "";
      default -> FieldGenerator.field(column, random);
    };
  }

  /** Nobody's name; letters beyond ASCII at times. */
  private static String name(SplittableRandom random) {
    String name = "";
    for (int syllables = 2 + random.nextInt(2); syllables > 0; syllables--) {
      name += SYLLABLES[random.nextInt(SYLLABLES.length)];
    }
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + random.nextInt(1000);
  }
}
