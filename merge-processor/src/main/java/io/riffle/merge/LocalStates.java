package io.riffle.merge;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local states at the start of the program. Streams opens all that are there before it has
 * threads that could fail and be replaced, so what is wrong with them is dealt with here: a disk
 * without room is waited for; damaged states are deleted, as the changelogs have them, too.
 */
final class LocalStates {
  private static final Logger log = LoggerFactory.getLogger(LocalStates.class);
  private static final int ROOM_BYTES = 256 * 1024;
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private final Path folder;
  private final Pause pause;

  /**
   * @param pause told why the program does not start
   */
  LocalStates(Path folder, Pause pause) {
    this.folder = folder;
    this.pause = pause;
  }

  /** Does the work as soon as the states let it; what has other reasons is thrown. */
  <T> T whenUsable(Callable<T> start) throws InterruptedException {
    while (true) {
      try {
        requireRoom();
        T started = start.call();
        pause.succeeded();
        return started;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        pause.failed(ofStates(e).orElseThrow(() -> unchecked(e)));
        TimeUnit.NANOSECONDS.sleep(BACKOFF.pause(pause.getFailures()).toNanos());
      }
    }
  }

  /** Closes what could not start, and deletes the states if they are why. */
  static void giveUp(KafkaStreams streams, RuntimeException why) {
    streams.close(CLOSING);
    if (isDamage(why)) {
      streams.cleanUp();
      log.atWarn().log("Local states are damaged and were deleted; they come from the changelogs");
    }
  }

  private static boolean isDamage(Throwable thrown) {
    return Failures.chain(thrown)
        .filter(RocksDBException.class::isInstance)
        .map(one -> ((RocksDBException) one).getStatus())
        .anyMatch(status -> status != null && status.getCode() == Status.Code.Corruption);
  }

  /** Streams keeps its lock on the folder when it fails for want of room. */
  private void requireRoom() throws IOException {
    Files.createDirectories(folder);
    Path probe = Files.createTempFile(folder, "room", null);
    try {
      Files.write(probe, new byte[ROOM_BYTES]);
    } finally {
      Files.delete(probe);
    }
  }

  private static Optional<Failure> ofStates(Exception thrown) {
    if (thrown instanceof IOException) {
      String text = "no room in the folder of local states, or it is not writable";
      return Optional.of(Failure.of(Neighbour.STATE, "NO_ROOM", text));
    }
    return Failures.of(thrown).filter(known -> known.neighbour() == Neighbour.STATE);
  }

  private static RuntimeException unchecked(Exception thrown) {
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }
}
