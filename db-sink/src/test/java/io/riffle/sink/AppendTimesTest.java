package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class AppendTimesTest {
  private static final TopicPartition ONE = new TopicPartition("t", 1);
  private static final TopicPartition TWO = new TopicPartition("t", 2);

  private final AppendTimes times = new AppendTimes();

  @Test
  void knowsTheFirstRecordOfEachPollAndPartition() {
    times.note(List.of(record(1, 10, 1000L), record(1, 11, 2000L), record(2, 5, 3000L)));
    times.note(List.of(record(1, 12, 4000L)));

    assertThat(times.take(ONE, 10, 12)).contains(Instant.ofEpochMilli(1000));
    assertThat(times.take(ONE, 12, 13)).contains(Instant.ofEpochMilli(4000));
    assertThat(times.take(TWO, 5, 6)).contains(Instant.ofEpochMilli(3000));
  }

  @Test
  void aLaterPartOfAPollIsAsOldAsItsFirstRecord() {
    times.note(List.of(record(1, 10, 1000L), record(1, 11, 2000L), record(1, 12, 2000L)));

    assertThat(times.take(ONE, 10, 11)).contains(Instant.ofEpochMilli(1000));
    assertThat(times.take(ONE, 11, 13)).contains(Instant.ofEpochMilli(1000));
  }

  @Test
  void whatWasNeverSeenHasNoTime() {
    assertThat(times.take(ONE, 0, 10)).isEmpty();

    times.note(List.of(record(1, 10, null), record(2, 20, 1000L)));

    assertThat(times.take(ONE, 10, 11)).isEmpty();
    assertThat(times.take(TWO, 0, 20)).isEmpty();
    times.forget(List.of(TWO));
    assertThat(times.take(TWO, 20, 21)).isEmpty();
  }

  private static SinkRecord record(int partition, long offset, Long time) {
    return new SinkRecord(
        "t", partition, null, null, null, null, offset, time, TimestampType.LOG_APPEND_TIME);
  }
}
