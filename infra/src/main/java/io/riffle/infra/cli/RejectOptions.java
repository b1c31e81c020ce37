package io.riffle.infra.cli;

import io.riffle.infra.rejects.RejectFilter;
import io.riffle.infra.rejects.RejectStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which rejects are meant; options that narrow a selection down. */
final class RejectOptions {

  @Option(
      names = "--file",
      paramLabel = "KEY",
      description = "S3 key or name of a data file, or the start of its manifest's S3 key")
  private String file;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE",
      description = "A reason such as NOT_A_DATE, or an SQLSTATE")
  private String cause;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "A RIF type such as CARRIER or CARRIER_MERGE")
  private String type;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Rejected since: 90m, 24h, 7d, or an instant such as 2026-11-20T10:00:00Z")
  private Instant since;

  RejectFilter filter(List<Long> ids, List<RejectStatus> statuses) {
    return new RejectFilter(
        ids,
        Optional.ofNullable(file),
        Optional.ofNullable(cause).map(RejectOptions::upper),
        Optional.ofNullable(type).map(RejectOptions::upper),
        statuses,
        Optional.ofNullable(since));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** A duration before now, or an instant. */
  static final class SinceConverter implements ITypeConverter<Instant> {
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
}
