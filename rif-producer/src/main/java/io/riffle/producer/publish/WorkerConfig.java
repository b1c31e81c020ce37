package io.riffle.producer.publish;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The workers of this process.
 *
 * @param threads each with a consumer and a producer of its own
 * @param instance a name that no other running process of the set has. A process that comes back
 *     under its old name takes over at once what it left open; one without a name is new to the
 *     group each time, and its old transactions and partitions wait for their timeouts
 */
public record WorkerConfig(int threads, Optional<String> instance) {

  private static final int MAX_THREADS = 64;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public WorkerConfig {
    instance.ifPresent(
        name -> {
          if (!NAME.matcher(name).matches()) {
            throw new ConfigException(
                "producer.instance", name, "must be 1 to 64 letters, digits, dots or dashes");
          }
        });
  }

  /** Reads {@code producer.workers} and {@code producer.instance}. */
  public static WorkerConfig from(Settings settings) {
    return new WorkerConfig(
        settings.integer("producer.workers", 2, 1, MAX_THREADS),
        settings.optional("producer.instance"));
  }

  /** The names of the process's threads: the instance's, or one made up now. */
  public String instanceOrRandom() {
    return instance.orElseGet(
        () -> String.format(Locale.ROOT, "%08x", UUID.randomUUID().hashCode()));
  }
}
