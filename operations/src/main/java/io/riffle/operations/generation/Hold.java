package io.riffle.operations.generation;

import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Waits until nothing is on its way, after a change was begun and therefore no file is planned any
 * more. The scanner that did not look yet is fenced: what it has not published by then it never
 * will.
 */
final class Hold {
  private static final Duration POLL = Duration.ofMillis(500);

  /** What the loads on their way have come to; while that changes, they are waited for. */
  private static final String ON_THE_WAY =
      """
      SELECT count(DISTINCT f.file_id), min(f.s3_key), coalesce(sum(a.splits_done), 0)
           + (SELECT count(*) FROM riffle.barriers b JOIN riffle.files x USING (file_id)
               WHERE x.state IN ('PLANNED', 'LOADING') AND b.attempt = x.attempt)
           + (SELECT coalesce(sum(t.applied + t.older + t.rejected), 0) FROM riffle.sink_totals t
               JOIN riffle.files x USING (file_id) WHERE x.state IN ('PLANNED', 'LOADING') AND t.attempt = x.attempt)
        FROM riffle.files f LEFT JOIN riffle.file_attempts a ON a.file_id = f.file_id AND a.attempt = f.attempt
       WHERE f.state IN ('PLANNED', 'LOADING')
      """;

  private static final String KNOWN =
      "SELECT EXISTS (SELECT FROM riffle.file_attempts WHERE file_id = ? AND attempt = ?"
          + " AND planned_at IS NOT NULL)";

  private final ReplaySite site;
  private final Duration patience;
  private final Progress progress;

  /**
   * @param patience how long the loads on their way may stand still
   */
  Hold(ReplaySite site, Duration patience, Progress progress) {
    this.site = site;
    this.patience = patience;
    this.progress = progress;
  }

  private record OnTheWay(long files, Optional<String> example, long behind) {}

  /**
   * Returns when all files are closed, and nothing more can be published.
   *
   * @throws ReplayException when a file does not come to its end
   */
  void await() throws SQLException, InterruptedException {
    progress.note("waiting for files that are on their way");
    while (true) {
      awaitFiles();
      fence();
      Optional<String> unrecorded = unrecorded();
      if (unrecorded.isPresent()) {
        throw new ReplayException(
            "a load has been planned that the ledger does not know yet ("
                + unrecorded.get()
                + "): let rif-producer run, then run this again");
      } else if (look().files() == 0) {
        return;
      }
    }
  }

  private void awaitFiles() throws SQLException, InterruptedException {
    OnTheWay before = look();
    long since = System.nanoTime();
    while (before.files() > 0) {
      progress.requireWanted();
      Thread.sleep(POLL.toMillis());
      OnTheWay now = look();
      if (!now.equals(before)) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > patience.toNanos()) {
        throw new ReplayException(
            "%d files are on their way and do not get on, %s among them (see riffle files, riffle status)"
                .formatted(now.files(), now.example().orElse("-")));
      }
      before = now;
    }
  }

  private OnTheWay look() throws SQLException {
    try (Connection connection = site.database().getConnection();
        PreparedStatement select = connection.prepareStatement(ON_THE_WAY);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new OnTheWay(row.getLong(1), Optional.ofNullable(row.getString(2)), row.getLong(3));
    }
  }

  private void fence() {
    Map<String, Object> settings = new HashMap<>(site.kafka());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, site.topics().scannerTransactionalId());
    try (KafkaProducer<byte[], byte[]> scanner =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      scanner.initTransactions();
    }
  }

  /** A plan that was published by a scanner that ended before it wrote it into the ledger. */
  private Optional<String> unrecorded() throws SQLException {
    List<Planned> planned = new ArrayList<>();
    WireReader wire = new WireReader(site.registry(), WithoutFingerprint.REJECT);
    try (Kafka kafka = new Kafka(site.kafka());
        TopicReading reading = new TopicReading(site.kafka(), Optional.empty())) {
      List<TopicPartition> partitions = kafka.partitions(List.of(site.topics().progress()));
      var ranges = Ranges.whole(kafka, partitions);
      reading.read(
          ranges,
          reading.positions(ranges, false),
          (records, next) ->
              records.stream().flatMap(record -> planned(wire, record)).forEach(planned::add));
    }
    try (Connection connection = site.database().getConnection();
        PreparedStatement select = connection.prepareStatement(KNOWN)) {
      for (Planned plan : planned) {
        select.setLong(1, plan.file());
        select.setInt(2, plan.attempt());
        try (ResultSet row = select.executeQuery()) {
          row.next();
          if (!row.getBoolean(1)) {
            return Optional.of("file " + plan.file() + ", attempt " + plan.attempt());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Stream<Planned> planned(WireReader wire, ConsumerRecord<byte[], byte[]> record) {
    ControlCodec<Planned> codec = ControlCodec.of(Planned.class);
    return record.value() != null
            && wire.decode(record.value(), record.headers()) instanceof Decoded decoded
            && decoded.record().getSchema().getFullName().equals(codec.schema().getFullName())
        ? Stream.of(codec.fromAvro(decoded.record()))
        : Stream.empty();
  }
}
