package io.riffle.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Verdict;
import io.riffle.producer.kafka.FencedException;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SessionFailuresTest {

  @ParameterizedTest
  @CsvSource({"403, SYSTEMIC", "404, SYSTEMIC", "503, PASSING", "500, PASSING", "429, PASSING"})
  void anAnswerOfS3IsJudgedByItsStatusAlsoBehindABrokenStream(int status, Verdict verdict) {
    var refusal = S3Exception.builder().statusCode(status).message("refused").build();
    Failure failure = SessionFailures.of(new IOException("reading k failed 6 times", refusal));
    assertThat(failure.neighbour()).isEqualTo(Neighbour.S3);
    assertThat(failure.code()).isEqualTo(Integer.toString(status));
    assertThat(failure.verdict()).isEqualTo(verdict);
  }

  @Test
  void aStreamThatBreaksOffIsS3sToo() {
    assertThat(SessionFailures.of(new IOException("k broke off")).code()).isEqualTo("NO_ANSWER");
    Exception away = SdkClientException.create("Connection refused");
    assertThat(SessionFailures.of(away).verdict()).isEqualTo(Verdict.PASSING);
  }

  @Test
  void whoWasTakenOverStopsAndWhoMissesARightWaits() {
    Exception taken = new ProducerFencedException("epoch");
    assertThat(SessionFailures.of(new FencedException("main-scanner", taken)).verdict())
        .isEqualTo(Verdict.FATAL);
    assertThat(SessionFailures.of(new KafkaException("aborted", taken)).verdict())
        .isEqualTo(Verdict.PASSING);
    Exception denied = new TransactionalIdAuthorizationException("main-scanner");
    assertThat(SessionFailures.of(new KafkaException("aborted", denied)).verdict())
        .isEqualTo(Verdict.SYSTEMIC);
  }

  @Test
  void aDefectIsTold() {
    Failure failure = SessionFailures.of(new IllegalStateException("canary4711"));
    assertThat(failure.verdict()).isEqualTo(Verdict.FATAL);
    assertThat(failure.text()).isEqualTo("IllegalStateException");
  }
}
