package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes a plausible field for a column: right in kind and length, of no meaning. */
final class FieldGenerator {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy", Locale.ENGLISH);
  private static final String CODES = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
  private static final int EPOCH_DAYS_2015 = 16_436;
  private static final int TEN_YEARS = 3_650;

  private FieldGenerator() {}

  /** A field for a column, empty or a single blank at times where the column is optional. */
  static String field(Column column, SplittableRandom random) {
    return leftOut(column, random).orElseGet(() -> present(column, random));
  }

  /** What stands in for a value that an optional column does not have, at times. */
  static Optional<String> leftOut(Column column, SplittableRandom random) {
    if (column.required()) {
      return Optional.empty();
    }
    int draw = random.nextInt(10);
    boolean blank = draw == 3 && isCode(column);
    return draw < 3 || blank ? Optional.of(blank ? " " : "") : Optional.empty();
  }

  /** Real files have a single blank in optional codes; it is stored as a blank. */
  private static boolean isCode(Column column) {
    return column.kind() == Kind.CHAR || (column.kind() == Kind.STRING && column.length() <= 2);
  }

  /** A field that is neither empty nor blank. */
  static String present(Column column, SplittableRandom random) {
    return switch (column.kind()) {
      case STRING, HASH -> text(column, random);
      case CHAR -> String.valueOf(CODES.charAt(random.nextInt(CODES.length())));
      case DATE -> date(day(random), random);
      case DECIMAL -> decimal(column, random);
      case LONG -> "-" + (100_000_000L + random.nextInt(1_000_000_000));
      case INT, SHORT -> String.valueOf(random.nextInt(10));
      case ACTION -> "INSERT";
    };
  }

  private static String text(Column column, SplittableRandom random) {
    String name = column.name();
    if (name.contains("NPI")) {
      return digits("9999", 10, random);
    } else if (name.contains("UPIN")) {
      return letter(random) + digits("", 5, random);
    } else if (name.contains("DGNS") || name.startsWith("RSN_VISIT")) {
      return letter(random) + digits("", 3, random);
    } else if (name.equals("HCPCS_CD")) {
      return digits("99", 5, random);
    } else if (isDigits(name)) {
      return digits("", Math.min(11, column.length()), random);
    }
    return code(Math.min(column.length(), 1 + random.nextInt(10)), random);
  }

  private static boolean isDigits(String name) {
    return name.contains("NDC_CD")
        || name.equals("PROD_SRVC_ID")
        || name.contains("ZIP")
        || name.contains("PRCDR_CD")
        || name.endsWith("STATE_CD")
        || name.equals("REV_CNTR");
  }

  private static String letter(SplittableRandom random) {
    return String.valueOf((char) ('A' + random.nextInt(26)));
  }

  /** Digits up to a length, with some given ones first. */
  static String digits(String start, int length, SplittableRandom random) {
    StringBuilder digits = new StringBuilder(start);
    while (digits.length() < length) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** Letters and digits. */
  static String code(int length, SplittableRandom random) {
    StringBuilder code = new StringBuilder();
    while (code.length() < length) {
      code.append(CODES.charAt(random.nextInt(CODES.length())));
    }
    return code.toString();
  }

  /** Some day in ten years. */
  static LocalDate day(SplittableRandom random) {
    return LocalDate.ofEpochDay(EPOCH_DAYS_2015 + random.nextInt(TEN_YEARS));
  }

  /** Real files have months both in mixed and in upper case. */
  static String date(LocalDate day, SplittableRandom random) {
    String date = DATE.format(day);
    return random.nextInt(4) == 0 ? date.toUpperCase(Locale.ROOT) : date;
  }

  private static String decimal(Column column, SplittableRandom random) {
    int whole =
        column.precision() == 0 ? 100 : pow10(Math.min(4, column.precision() - column.scale()));
    String text = String.valueOf(random.nextInt(whole));
    int scale = column.precision() == 0 ? random.nextInt(2) : Math.min(2, column.scale());
    return scale == 0 || random.nextInt(5) == 0 ? text : text + "." + digits("", scale, random);
  }

  private static int pow10(int digits) {
    int power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }
}
