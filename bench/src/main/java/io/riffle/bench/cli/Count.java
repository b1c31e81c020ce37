package io.riffle.bench.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number such as {@code 300000}, {@code 300k} or {@code 1M}. */
record Count(long value) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})([kKmM]?)");
  private static final long THOUSAND = 1_000;
  private static final long MILLION = 1_000_000;

  /** For options. */
  static final class Converter implements ITypeConverter<Count> {
    @Override
    public Count convert(String text) {
      Matcher matcher = TEXT.matcher(text.strip());
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no number such as 300000, 300k or 1M");
      }
      return new Count(Long.parseLong(matcher.group(1)) * unit(matcher.group(2)));
    }

    private static long unit(String suffix) {
      return switch (suffix.toLowerCase(Locale.ROOT)) {
        case "k" -> THOUSAND;
        case "m" -> MILLION;
        default -> 1;
      };
    }
  }
}
