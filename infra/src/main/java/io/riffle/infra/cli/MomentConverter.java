package io.riffle.infra.cli;

import io.riffle.operations.rejects.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration before now, or an instant. */
final class MomentConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return Moment.parse(text, Instant.now());
    } catch (DateTimeException e) {
      throw new TypeConversionException("'" + text + "' is neither such as 24h nor an instant");
    }
  }
}
