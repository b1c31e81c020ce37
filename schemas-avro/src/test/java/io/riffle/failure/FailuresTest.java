package io.riffle.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, PASSING",
    "40001, PASSING",
    "40P01, PASSING",
    "53200, PASSING",
    "53300, PASSING",
    "55P03, PASSING",
    "57014, PASSING",
    "57P01, PASSING",
    "57P03, PASSING",
    "25P03, PASSING",
    "25006, PASSING",
    "58030, PASSING",
    "21000, RECORD",
    "22001, RECORD",
    "22021, RECORD",
    "23502, RECORD",
    "23505, RECORD",
    "54000, RECORD",
    "22P03, SYSTEMIC",
    "22P04, SYSTEMIC",
    "28P01, SYSTEMIC",
    "3D000, SYSTEMIC",
    "42501, SYSTEMIC",
    "42703, SYSTEMIC",
    "42804, SYSTEMIC",
    "42P01, SYSTEMIC",
    "53100, SYSTEMIC",
    "0A000, SYSTEMIC",
    "P0001, SYSTEMIC",
    "XX001, SYSTEMIC",
    "'', SYSTEMIC",
    ", SYSTEMIC"
  })
  void theSqlStateDecides(String state, Verdict verdict) {
    assertThat(SqlFailures.of(new SQLException("text", state)).verdict()).isEqualTo(verdict);
  }

  @Test
  void onlyMessagesThatNameObjectsAreTold() {
    assertThat(SqlFailures.of(new SQLException("no right on table t", "42501")).text())
        .isEqualTo("SQLSTATE 42501: no right on table t");
    assertThat(SqlFailures.of(new SQLException("value canary4711", "22P02")).text())
        .isEqualTo("SQLSTATE 22P02: a value does not fit its column");
    assertThat(SqlFailures.of(new SQLException("value canary4711", "P0001")).text())
        .doesNotContain("canary");
  }

  @Test
  void aValueOfRifflesOwnThatDoesNotFitIsNoRecordsFault() {
    Failure failure = SqlFailures.of(new SQLException("text", "23505"));
    assertThat(failure.ofBookkeeping().verdict()).isEqualTo(Verdict.SYSTEMIC);
    Failure passing = SqlFailures.of(new SQLException("text", "40001"));
    assertThat(passing.ofBookkeeping()).isEqualTo(passing);
  }

  @Test
  void kafkasErrorsAreToldByTheNearestClassOfTheTable() {
    assertKafka(new TimeoutException("late"), "TimeoutException", Verdict.PASSING);
    assertKafka(new UnknownServerException("?"), "UnknownServerException", Verdict.PASSING);
    assertKafka(
        new BrokerNotAvailableException("?"), "BrokerNotAvailableException", Verdict.PASSING);
    assertKafka(
        new OutOfOrderSequenceException("?"), "OutOfOrderSequenceException", Verdict.PASSING);
    assertKafka(new ProducerFencedException("?"), "ProducerFencedException", Verdict.PASSING);
    assertKafka(
        new InvalidProducerEpochException("?"), "InvalidProducerEpochException", Verdict.PASSING);
    assertKafka(
        new TopicAuthorizationException(Set.of("main.rif.pde")),
        "TopicAuthorizationException",
        Verdict.SYSTEMIC);
    assertKafka(
        new ClusterAuthorizationException("?"), "ClusterAuthorizationException", Verdict.SYSTEMIC);
    assertKafka(
        new TransactionalIdAuthorizationException("?"),
        "TransactionalIdAuthorizationException",
        Verdict.SYSTEMIC);
    assertKafka(
        new SaslAuthenticationException("?"), "SaslAuthenticationException", Verdict.SYSTEMIC);
    assertKafka(
        new UnknownTopicOrPartitionException("?"),
        "UnknownTopicOrPartitionException",
        Verdict.SYSTEMIC);
    assertKafka(new RecordTooLargeException("?"), "RecordTooLargeException", Verdict.SYSTEMIC);
    assertKafka(new FencedInstanceIdException("?"), "FencedInstanceIdException", Verdict.FATAL);
    assertKafka(new UnsupportedVersionException("?"), "UnsupportedVersionException", Verdict.FATAL);
    assertKafka(new KafkaException("?"), "KafkaException", Verdict.PASSING);
  }

  @Test
  void theWorstOfAChainCounts() {
    assertKafka(
        new KafkaException("in an error state", new TopicAuthorizationException("t")),
        "TopicAuthorizationException",
        Verdict.SYSTEMIC);
    assertKafka(
        new TimeoutException("no metadata", new UnknownTopicOrPartitionException("t")),
        "UnknownTopicOrPartitionException",
        Verdict.SYSTEMIC);
    assertKafka(
        new KafkaException("in an error state", new ProducerFencedException("t")),
        "ProducerFencedException",
        Verdict.PASSING);
  }

  @Test
  void whatIsNotForeseenIsNoOutage() {
    assertThat(Failures.of(new IllegalStateException("?"))).isEmpty();
    assertThat(Failures.of(new IOException("?"))).isEmpty();
    assertThat(Failures.of(null)).isEmpty();
    assertThat(Failures.of(new KafkaException("wraps", new NullPointerException()))).isEmpty();
    assertThat(Failure.ofDefect(new IllegalStateException("canary4711")).text())
        .isEqualTo("IllegalStateException");
  }

  @Test
  void httpStatusesAreToldByNumberThenByTheirHundred() {
    assertThat(HttpFailures.of(Neighbour.REGISTRY, 503, "?").verdict()).isEqualTo(Verdict.PASSING);
    assertThat(HttpFailures.of(Neighbour.REGISTRY, 401, "?").verdict()).isEqualTo(Verdict.SYSTEMIC);
    assertThat(HttpFailures.of(Neighbour.REGISTRY, 409, "?").verdict()).isEqualTo(Verdict.SYSTEMIC);
    assertThat(HttpFailures.of(Neighbour.REGISTRY, 200, "?").verdict()).isEqualTo(Verdict.SYSTEMIC);
    assertThat(HttpFailures.of(Neighbour.S3, 403, "?").verdict()).isEqualTo(Verdict.SYSTEMIC);
    assertThat(HttpFailures.of(Neighbour.S3, 404, "?").verdict()).isEqualTo(Verdict.SYSTEMIC);
    assertThat(HttpFailures.of(Neighbour.S3, 503, "?").verdict()).isEqualTo(Verdict.PASSING);
    assertThat(Failure.noAnswer(Neighbour.S3, "?").verdict()).isEqualTo(Verdict.PASSING);
  }

  private static void assertKafka(Exception thrown, String code, Verdict verdict) {
    Failure failure = Failures.of(thrown).orElseThrow();
    assertThat(failure.neighbour()).isEqualTo(Neighbour.KAFKA);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.verdict()).isEqualTo(verdict);
  }
}
