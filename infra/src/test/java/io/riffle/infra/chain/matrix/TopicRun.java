package io.riffle.infra.chain.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.TopicRecords.Written;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Writes the records of the cases to the topics, and loads a good data set behind them: its
 * barriers pass every partition, so when it is over, so is what stands before it.
 */
final class TopicRun {

  private static final MatrixCase AFTERWARDS =
      new MatrixCase(
          "afterwards",
          "a good data set",
          List.of(SetStep.read(JsonNodeFactory.instance.objectNode())),
          List.of(),
          Optional.empty(),
          false);

  private final Chain chain;
  private final MatrixRun sets;
  private final IdentityHashMap<MatrixCase, List<Written>> written = new IdentityHashMap<>();

  TopicRun(Chain chain, MatrixRun sets) {
    this.chain = chain;
    this.sets = sets;
  }

  void write(Collection<MatrixCase> cases)
      throws IOException, InterruptedException, ExecutionException {
    try (TopicRecords topics = new TopicRecords(chain)) {
      for (MatrixCase one : cases) {
        if (!one.topics().isEmpty()) {
          written.put(one, write(topics, one));
        }
      }
    }
    sets.load(List.of(AFTERWARDS));
  }

  private List<Written> write(TopicRecords topics, MatrixCase one)
      throws InterruptedException, ExecutionException {
    if (one.topics().get(0).value() == PoisonValue.REPLAY) {
      return topics.replay(sets.set(one.steps().get(0)).key(1), one.topics());
    }
    List<Written> records = new ArrayList<>();
    for (TopicStep record : one.topics()) {
      records.add(topics.write(record));
    }
    return records;
  }

  /** What became of the records of a case. */
  void check(MatrixCase one) throws SQLException {
    for (Written record : written.getOrDefault(one, List.of())) {
      if (record.step().value() == PoisonValue.REPLAY) {
        assertThat(rejects(record, "")).isZero();
        checkTime(sets.set(one.steps().get(0)).key(1));
      } else {
        checkQuarantined(record);
      }
    }
    if (written.containsKey(one)) {
      checkGoesOn();
    }
  }

  private void checkQuarantined(Written record) throws SQLException {
    String reject =
        String.format(
            Locale.ROOT,
            " AND r.stage = '%s' AND r.reason = 'UNDECODABLE' AND w.raw = '\\x%s'",
            record.step().stage(),
            HexFormat.of().formatHex(record.value()));
    assertThat(rejects(record, reject)).as(record.toString()).isEqualTo(1);
  }

  private long rejects(Written record, String more) throws SQLException {
    return chain.number(
        String.format(
                Locale.ROOT,
                "SELECT count(*) FROM riffle.rejects r JOIN riffle.rejects_raw w USING (reject_id)"
                    + " WHERE r.topic = '%s' AND r.partition = %d AND r.\"offset\" = %d",
                record.partition().topic(),
                record.partition().partition(),
                record.offset())
            + more);
  }

  private void checkGoesOn() throws SQLException {
    sets.check(AFTERWARDS);
  }

  /** Whatever its sender says, a raw record is of the time of its arrival. */
  private void checkTime(long key) {
    try (TopicRecords topics = new TopicRecords(chain)) {
      for (ConsumerRecord<byte[], byte[]> record : topics.ofKey(key)) {
        assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(Instant.ofEpochMilli(record.timestamp()))
            .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
      }
    }
  }
}
