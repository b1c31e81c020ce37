package io.riffle.infra.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Most rows to list: for the database a negative number is an error, here it is wrong usage. */
final class RowLimitConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + text + "' is no number of rows");
  }
}
