package io.riffle.cdc.run;

import io.riffle.cdc.archive.ArchiveConfig;
import io.riffle.cdc.archive.Archiver;
import io.riffle.cdc.config.CdcConfig;
import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.HttpFailures;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import io.riffle.process.StopSignal;
import io.riffle.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Keeps an archiver at work, with a new one after each failure. */
final class ArchiveThread implements AutoCloseable {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ArchiveConfig archive;
  private final CdcConfig config;
  private final StopSignal stop = new StopSignal();
  private final Thread thread = new Thread(this::run, "archive");

  ArchiveThread(ArchiveConfig archive, CdcConfig config) {
    this.archive = archive;
    this.config = config;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (Pause pause = Pause.of(config.topics().set(), "cdc-archive")) {
      while (!stop.isGiven()) {
        try (Archiver archiver = open()) {
          archiver.run(stop::isGiven, pause::succeeded);
        } catch (Exception e) {
          if (!stop.isGiven()) {
            pause.failed(failure(e));
            stop.await(BACKOFF.pause(pause.getFailures()));
          }
        }
      }
    }
  }

  private Archiver open() throws IOException {
    return Archiver.open(
        archive,
        config.topics(),
        new Archiver.Neighbours(
            config.kafka().openConsumer(Archiver.group(config.topics())),
            config.kafka().openAdmin(),
            SchemaRegistry.connect(config.registry())));
  }

  /** What is no failure of S3's client and yet one of a stream is one of a local file. */
  private static Failure failure(Exception thrown) {
    return Failures.of(thrown)
        .or(() -> refusedByS3(thrown))
        .or(() -> brokenByS3(thrown))
        .or(() -> brokenByTheDisk(thrown))
        .orElseGet(() -> Failure.ofDefect(thrown));
  }

  private static Optional<Failure> refusedByS3(Exception thrown) {
    return Failures.chain(thrown)
        .filter(AwsServiceException.class::isInstance)
        .map(AwsServiceException.class::cast)
        .map(e -> HttpFailures.of(Neighbour.S3, e.statusCode(), e.getMessage()))
        .findFirst();
  }

  private static Optional<Failure> brokenByS3(Exception thrown) {
    return Failures.chain(thrown)
        .filter(SdkException.class::isInstance)
        .map(e -> Failure.noAnswer(Neighbour.S3, e.getMessage()))
        .findFirst();
  }

  private static Optional<Failure> brokenByTheDisk(Exception thrown) {
    return Failures.chain(thrown)
        .filter(e -> e instanceof IOException)
        .map(e -> Failure.of(Neighbour.STATE, "NO_ROOM", "archive.folder: " + e.getMessage()))
        .findFirst();
  }

  /** Files that are open are given up: their events come again. */
  @Override
  public void close() {
    stop.give();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
