package io.riffle.infra.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A process that was started, as kept in {@code run/<instance>.json}.
 *
 * @param instance the service's name within the stack
 * @param component what kind of service it is
 * @param startedAt the process's own start time: with the pid it tells this process from a later
 *     one with the same number
 * @param ports by name
 * @param fingerprint of command, configuration and own jars, to notice that a newer one is wanted
 */
public record RunRecord(
    String instance,
    String component,
    long pid,
    Instant startedAt,
    Map<String, Integer> ports,
    Path log,
    String fingerprint) {
  public RunRecord {
    ports = Map.copyOf(ports);
  }

  public OsProcess process() {
    return new OsProcess(pid, startedAt);
  }
}
