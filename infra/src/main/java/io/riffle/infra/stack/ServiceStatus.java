package io.riffle.infra.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A service as it is now.
 *
 * @param component its name without the set
 * @param pid empty unless running, like {@code memory} and {@code uptime}
 * @param ports by name; empty when it never ran
 * @param memory resident bytes
 */
public record ServiceStatus(
    String name,
    String component,
    ServiceState state,
    OptionalLong pid,
    Map<String, Integer> ports,
    OptionalLong memory,
    Optional<Duration> uptime,
    Path log) {}
