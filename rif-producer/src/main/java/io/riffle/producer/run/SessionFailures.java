package io.riffle.producer.run;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.HttpFailures;
import io.riffle.failure.Neighbour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What ended a session. The rules are those of all modules; here S3's exceptions are told apart.
 */
final class SessionFailures {

  private SessionFailures() {}

  /** What failed; a defect where nothing is known of it. */
  static Failure of(Throwable thrown) {
    return Failures.of(thrown)
        .or(() -> refusedByS3(thrown))
        .or(() -> brokenByS3(thrown))
        .orElseGet(() -> Failure.ofDefect(thrown));
  }

  private static Optional<Failure> refusedByS3(Throwable thrown) {
    return Failures.chain(thrown)
        .filter(AwsServiceException.class::isInstance)
        .map(AwsServiceException.class::cast)
        .map(e -> HttpFailures.of(Neighbour.S3, e.statusCode(), e.getMessage()))
        .findFirst();
  }

  /** The only streams that this program reads are S3's. */
  private static Optional<Failure> brokenByS3(Throwable thrown) {
    boolean io =
        thrown instanceof SdkException
            || thrown instanceof IOException
            || thrown instanceof UncheckedIOException;
    return io ? Optional.of(Failure.noAnswer(Neighbour.S3, thrown.getMessage())) : Optional.empty();
  }
}
