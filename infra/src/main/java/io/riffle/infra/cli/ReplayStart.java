package io.riffle.infra.cli;

import io.riffle.operations.replay.StartAt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Where to begin, in the words of Kafka's own commands; at most one of them. */
final class ReplayStart {
  @Option(
      names = "--from-offset",
      paramLabel = "OFFSET|P:OFFSET,…",
      description = "From this offset of every partition, or of those named only")
  private String offset;

  @Option(
      names = "--to-datetime",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "From the first record of this time: 2026-11-20T10:00:00.000, UTC unless it says")
  private Instant time;

  @Option(
      names = "--by-duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "From the first record since then: PT1H, 24h, 7d")
  private Duration back;

  StartAt start(CommandSpec spec) {
    int ways = (offset == null ? 0 : 1) + (time == null ? 0 : 1) + (back == null ? 0 : 1);
    if (ways > 1) {
      throw new ParameterException(
          spec.commandLine(), "one of --from-offset, --to-datetime, --by-duration");
    }
    if (time != null) {
      return new StartAt.ToDatetime(time);
    } else if (back != null) {
      return new StartAt.ByDuration(back);
    }
    return offset == null ? new StartAt.Beginning() : offsets(spec);
  }

  private StartAt offsets(CommandSpec spec) {
    try {
      return offset.contains(":")
          ? new StartAt.Offsets(Optional.empty(), byPartition())
          : new StartAt.Offsets(Optional.of(natural(offset)), Map.of());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "'" + offset + "' is neither an offset nor P:OFFSET,P:OFFSET", e);
    }
  }

  private Map<Integer, Long> byPartition() {
    Map<Integer, Long> offsets = new HashMap<>();
    for (String pair : offset.split(",", -1)) {
      String[] parts = pair.split(":", -1);
      if (parts.length != 2
          || offsets.put(Math.toIntExact(natural(parts[0])), natural(parts[1])) != null) {
        throw new IllegalArgumentException("no pair, or a partition twice");
      }
    }
    return offsets;
  }

  private static long natural(String text) {
    long number = Long.parseLong(text.strip());
    if (number < 0) {
      throw new IllegalArgumentException("negative");
    }
    return number;
  }

  /** An instant, a time with an offset, or one of UTC. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time such as 2026-11-20T10:00:00.000");
      }
    }
  }
}
