package io.riffle.infra.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate such as {@code 500} or {@code 0.5/s}, each second. */
final class RateConverter implements ITypeConverter<Double> {
  private static final String UNIT = "/s";

  @Override
  public Double convert(String text) {
    String number = text.endsWith(UNIT) ? text.substring(0, text.length() - UNIT.length()) : text;
    try {
      double rate = Double.parseDouble(number.strip());
      if (rate > 0 && rate <= 1_000_000) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new TypeConversionException("'" + text + "' is no rate such as 500/s");
  }
}
