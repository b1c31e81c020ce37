package io.riffle.infra.cli;

import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

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
      converter = MomentConverter.class,
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
}
