package io.riffle.infra.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration before now, or an instant. */
final class MomentConverter implements ITypeConverter<Instant> {
  private static final int LAST_YEAR = 9999;
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

  @Override
  public Instant convert(String text) {
    Matcher ago = AGO.matcher(text);
    try {
      return ago.matches()
          ? Instant.now().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)))
          : instant(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + text + "' is neither such as 24h nor an instant");
    }
  }

  /** Of a year that the database has. */
  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 1 || year > LAST_YEAR) {
      throw new DateTimeException("year " + year);
    }
    return instant;
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
