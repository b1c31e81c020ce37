package io.riffle.producer.run;

import io.riffle.producer.ledger.LedgerUnavailableException;
import io.riffle.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import software.amazon.awssdk.core.exception.SdkException;

/** Which failures pass by themselves. */
public final class Failures {

  private Failures() {}

  /** Whether a new session may fare better: a neighbour is away or busy. */
  public static boolean isPassing(Throwable failure) {
    if (failure instanceof KafkaException kafka) {
      return isPassing(kafka);
    }
    return failure instanceof LedgerUnavailableException
        || failure instanceof RegistryUnavailableException
        || failure instanceof SdkException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException;
  }

  private static boolean isPassing(KafkaException failure) {
    boolean stays =
        failure instanceof AuthenticationException
            || failure instanceof AuthorizationException
            || failure instanceof UnsupportedVersionException
            || failure instanceof InvalidConfigurationException
            || failure instanceof FencedInstanceIdException
            || failure instanceof RecordTooLargeException;
    // The producer wraps what ended its transaction.
    Throwable cause = failure.getCause();
    return !stays && !(cause instanceof KafkaException inner && !isPassing(inner));
  }
}
