package io.riffle.merge;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.registry.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private final AtomicInteger givenUp = new AtomicInteger();
  private final Ticking clock = new Ticking();
  private final ThreadFailures failures =
      new ThreadFailures(
          new MergeConfig.Limits(
              1024, 2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(1)),
          clock,
          givenUp::incrementAndGet);

  @Test
  void failuresWithinTheWindowEndTheProcessOnceThereAreTooMany() {
    assertThat(failures.handle(new IllegalStateException("one"))).isEqualTo(REPLACE_THREAD);
    assertThat(failures.handle(new IllegalStateException("two"))).isEqualTo(REPLACE_THREAD);
    assertThat(failures.handle(new IllegalStateException("three"))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(givenUp).hasValue(1);
  }

  @Test
  void oldFailuresAreForgotten() {
    for (int i = 0; i < 10; i++) {
      assertThat(failures.handle(new IllegalStateException("again"))).isEqualTo(REPLACE_THREAD);
      clock.now = clock.now.plus(Duration.ofMinutes(6));
    }
    assertThat(givenUp).hasValue(0);
  }

  @Test
  void aRegistryThatIsAwayNeverEndsTheProcess() {
    RuntimeException away =
        new StreamsException(new RegistryUnavailableException("no registry answers", null));
    for (int i = 0; i < 10; i++) {
      assertThat(failures.handle(away)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(failures.handle(new IllegalStateException("one"))).isEqualTo(REPLACE_THREAD);
    assertThat(givenUp).hasValue(0);
  }

  private static final class Ticking extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
