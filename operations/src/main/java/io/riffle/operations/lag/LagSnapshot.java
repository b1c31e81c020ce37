package io.riffle.operations.lag;

import java.time.Instant;
import java.util.List;

/** All groups at one moment, by name. */
public record LagSnapshot(Instant at, List<GroupLag> groups) {}
