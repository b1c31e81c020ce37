package io.riffle.producer.rif;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Good files of random values, some of them quoted. */
public final class GeneratedFile {

  private static final String[] CHARACTERS = {
    "a", "Z", "0", " ", "é", "漢", "😀", "|", "\"", "\n", "\r\n", "\\", ";", "=", "'", "\t"
  };

  private final Layout layout;
  private final List<Column> columns;
  private final boolean plain;
  private final Random random;

  /** With all columns of a FULL file. */
  public GeneratedFile(Layout layout, Random random) {
    this(layout, layout.fileColumns(), false, random);
  }

  /**
   * With these columns, in their order.
   *
   * @param plain whether a row is a line and a separator separates, as nothing is quoted
   */
  public GeneratedFile(Layout layout, List<Column> columns, boolean plain, Random random) {
    this.layout = layout;
    this.columns = List.copyOf(columns);
    this.plain = plain;
    this.random = random;
  }

  /** A file of so many records. */
  public String text(int records) {
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder text = new StringBuilder(header()).append(lineEnd);
    for (int record = 1; record <= records; record++) {
      int lines = layout.hasLines() ? 1 + random.nextInt(4) : 1;
      for (int line = 1; line <= lines; line++) {
        text.append(row(record, line)).append(random.nextInt(9) == 0 ? "|" : "").append(lineEnd);
      }
    }
    return random.nextBoolean() ? text.toString().stripTrailing() : text.toString();
  }

  private String header() {
    return columns.stream().map(Column::name).collect(Collectors.joining("|"));
  }

  private String row(int record, int line) {
    List<String> fields =
        columns.stream().map(column -> quoted(field(column, record, line))).toList();
    return String.join("|", fields);
  }

  private String field(Column column, int record, int line) {
    if (column.role() == Role.KEY) {
      return Integer.toString(-1000 * record);
    } else if (column.role() == Role.LINE_KEY) {
      return layout.lines() == Lines.YEARS ? year() : Integer.toString(line);
    }
    boolean mayBeEmpty = column.empty() != EmptyRule.ERROR;
    return mayBeEmpty && random.nextInt(3) == 0 ? "" : value(column);
  }

  /** Most characters that all columns of the field take. */
  private int length(Column column) {
    return layout.columns().stream()
        .filter(reading -> reading.source().equals(column.name()))
        .mapToInt(Column::length)
        .min()
        .orElseThrow();
  }

  /** Rows of one person may have the same year: they are records of their own. */
  private String year() {
    return random.nextInt(5) == 0 ? "" : Integer.toString(random.nextInt(4) * 3333);
  }

  private String value(Column column) {
    return switch (column.kind()) {
      case ACTION -> random.nextBoolean() ? "INSERT" : "UPDATE";
      case CHAR -> characters(1);
      case STRING, HASH -> characters(1 + random.nextInt(length(column)));
      case DATE -> date();
      case DECIMAL -> sign() + decimal(column);
      case LONG -> Long.toString(random.nextLong() >> random.nextInt(64));
      case INT -> Integer.toString(random.nextInt() >> random.nextInt(32));
      case SHORT -> Integer.toString((short) random.nextInt() >> random.nextInt(16));
    };
  }

  /** Characters that need no backslash in front of a separator. */
  private String characters(int most) {
    if (plain) {
      return "é".repeat(most);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < most; i++) {
      String next = CHARACTERS[random.nextInt(CHARACTERS.length)];
      boolean fits = next.codePointCount(0, next.length()) == 1;
      boolean backslash = next.equals("\\");
      text.append(fits && !backslash ? next : most > 2 && i == 0 && backslash ? "\\a" : "b");
    }
    return text.codePointCount(0, text.length()) > most ? text.substring(1) : text.toString();
  }

  private String date() {
    LocalDate date = LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
    return switch (random.nextInt(4)) {
      case 0 -> date.toString();
      case 1 -> date.format(DateTimeFormatter.BASIC_ISO_DATE);
      case 2 -> named(date);
      default -> named(date).toUpperCase(Locale.ROOT);
    };
  }

  private static String named(LocalDate date) {
    return date.format(DateTimeFormatter.ofPattern("dd-MMM-uuuu", Locale.ENGLISH));
  }

  private String sign() {
    return random.nextInt(3) == 0 ? "-" : random.nextInt(5) == 0 ? "+" : "";
  }

  private String decimal(Column column) {
    int precision = column.precision() == 0 ? 38 : column.precision();
    int scale = column.precision() == 0 ? random.nextInt(10) : column.scale();
    String whole = digits(random.nextInt(precision - scale + 1));
    String fraction = digits(random.nextInt(scale + 1));
    String point = fraction.isEmpty() && random.nextBoolean() ? "" : ".";
    String zeros =
        column.precision() > 0 && !point.isEmpty() && random.nextInt(9) == 0 ? "000000000000" : "";
    boolean none = whole.isEmpty() && fraction.isEmpty();
    return (none ? "0" : whole) + point + fraction + (fraction.length() == scale ? zeros : "");
  }

  private String digits(int count) {
    if (count == 0) {
      return "";
    }
    String digits = new BigInteger(200, random).toString();
    return digits.substring(0, count);
  }

  private String quoted(String field) {
    boolean needed =
        field.contains("|")
            || field.contains("\n")
            || field.contains("\r")
            || field.startsWith("\"");
    return needed || (!plain && random.nextInt(10) == 0)
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }
}
