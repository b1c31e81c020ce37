package io.riffle.merge;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.failure.Pause;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;

class ThreadFailuresTest {
  private final AtomicInteger givenUp = new AtomicInteger();
  private final ManualClock clock = new ManualClock();
  private final Pause pause = Pause.of("main", "threads-of-the-test");
  private final List<Duration> waits = new ArrayList<>();
  private final ThreadFailures failures =
      new ThreadFailures(
          new MergeConfig.Limits(
              1024, 2, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(1)),
          clock,
          pause,
          waits::add,
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
      clock.pass(Duration.ofMinutes(6));
    }
    assertThat(givenUp).hasValue(0);
  }

  @AfterEach
  void close() {
    pause.close();
  }

  @Test
  void aNeighbourThatFailsNeverEndsTheProcessAndIsTold() {
    Exception denied = new StreamsException(new TopicAuthorizationException("main.merged.pde"));
    for (int i = 0; i < 20; i++) {
      assertThat(failures.handle(denied)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(givenUp).hasValue(0);
    assertThat(pause.getState()).isEqualTo("PAUSED");
    assertThat(pause.getCause()).isEqualTo("TopicAuthorizationException");
    assertThat(waits).startsWith(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits).endsWith(Duration.ofSeconds(10));
  }

  @Test
  void aFullDiskIsToldWithoutTheMessageThatMayNameAKey() {
    failures.handle(
        new StreamsException(
            new ProcessorStateException(
                "while putting key -4711",
                new RocksDBException("While appending: No space left on device"))));
    assertThat(pause.getNeighbour()).isEqualTo("STATE");
    assertThat(pause.getVerdict()).isEqualTo("SYSTEMIC");
    assertThat(pause.getText()).isEqualTo("No space left on device");
    assertThat(new LockException("?")).isNotNull();
    assertThat(new MissingSourceTopicException("?")).isNotNull();
  }

  @Test
  void threadsThatStayAreWellAgainAfterAWhile() {
    failures.handle(new StreamsException(new TopicAuthorizationException("main.merged.pde")));
    failures.look();
    assertThat(pause.getPaused()).isOne();
    clock.pass(Duration.ofSeconds(31));
    failures.look();
    assertThat(pause.getPaused()).isZero();
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
}
