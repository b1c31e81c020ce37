package io.riffle.operations.record;

import io.riffle.merge.record.RawReader;
import io.riffle.merge.record.TypeColumns;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.record.PartitionScan.Scanned;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Redriven;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.RegistryException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.WireReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Asks the database, the topics and the ledger what they have of a key. */
public final class RecordLookup {
  private final Endpoints endpoints;
  private final Topics topics;
  private final ScanBudget budget;
  private final Consumer<String> progress;
  private final DataSource database;
  private final WireReader wire;

  /**
   * @param progress takes lines for whoever waits
   */
  public RecordLookup(Endpoints endpoints, ScanBudget budget, Consumer<String> progress)
      throws SQLException {
    this.endpoints = endpoints;
    this.topics = SetTopics.of(endpoints);
    this.budget = budget;
    this.progress = progress;
    this.database = PostgresClient.dataSource(endpoints);
    this.wire =
        new WireReader(
            SchemaRegistry.connect(RegistryConfig.at(endpoints.registryUrl())),
            WireReader.WithoutFingerprint.REJECT);
  }

  /** What was read from the topics. */
  private record Raw(List<Window> windows, List<Delivery> deliveries) {}

  /**
   * The answer; a key of which nothing is known has one, too.
   *
   * @throws StackException when Kafka or the registry does not answer
   */
  public RecordAnswer find(AskedKey key) throws SQLException, InterruptedException {
    try (LogReader log = new LogReader(endpoints.kafkaClient(), progress)) {
      return find(key, log);
    } catch (RegistryException e) {
      throw new StackException(
          "the registry does not answer: is the stack up? (riffle status, riffle up)", e);
    }
  }

  private RecordAnswer find(AskedKey key, LogReader log) throws SQLException, InterruptedException {
    TypeColumns columns = new TypeColumns(key.layout());
    int partition = key.partition(log.partitions(topics.rif(key.layout())));
    // the table first: what is written while the topics are read must not look like a difference
    StoredRecord stored = stored(key, partition);
    MergePosition position = MergePosition.of(endpoints, topics.mergeApplicationId());
    Raw raw = raw(key, columns, partition, log);
    List<KeyReject> rejects = new KeyRejects(database).of(raw.deliveries(), partition);
    KeyTrace trace = KeyTrace.of(columns, raw.deliveries(), d -> isRejected(d, rejects, partition));
    boolean complete = raw.windows().stream().allMatch(Window::isComplete);
    Optional<MergedImage> written = written(key, stored, partition, log);
    List<FieldAnswer> fields =
        new Comparison(stored.rows(), written, StateImage.of(trace, columns), complete).fields();
    List<WaitingField> waiting = waiting(stored, trace, columns, log);
    Optional<Version> deleted = deleted(key, stored, partition, log);
    Lag lag = lag(key, stored, partition, raw, position, log);
    Optional<Merge> envelope = written.map(MergedImage::merge);
    return new RecordAnswer(
        key,
        partition,
        stored,
        raw.windows(),
        trace,
        envelope,
        deleted,
        fields,
        waiting,
        rejects,
        lag,
        files(raw, fields, waiting, deleted));
  }

  private static boolean isRejected(Delivery delivery, List<KeyReject> rejects, int partition) {
    return rejects.stream().anyMatch(reject -> reject.isOf(delivery, partition));
  }

  private StoredRecord stored(AskedKey key, int partition) throws SQLException {
    return new StoredRecords(database, Endpoints.TABLES_SCHEMA)
        .read(key, topics.merged(key.layout()), partition);
  }

  /** The merged topic of a generation. */
  private String merged(AskedKey key, int generation) {
    return topics.at(generation).merged(key.layout());
  }

  private List<Layout> rawTypes(AskedKey key) {
    return Stream.concat(Stream.of(key.layout()), key.joining().stream()).toList();
  }

  private Raw raw(AskedKey key, TypeColumns columns, int partition, LogReader log) {
    List<Layout> types = rawTypes(key);
    List<Window> windows = new ArrayList<>();
    List<Delivery> deliveries = new ArrayList<>();
    for (Layout type : types) {
      TopicPartition at = new TopicPartition(topics.rif(type), partition);
      Scanned scanned = log.scan(at, key.bytes(), 0, budget.share(types.size()));
      RawReader reader = new RawReader(wire, columns, type);
      windows.add(scanned.window());
      scanned.records().forEach(record -> deliveries.add(delivery(record, reader)));
    }
    return new Raw(windows, deliveries);
  }

  private static Delivery delivery(ConsumerRecord<byte[], byte[]> record, RawReader reader) {
    return new Delivery(
        record.topic(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        Redriven.marks(record.headers()),
        reader.read(record.value(), record.headers()));
  }

  /** The merged record that wrote the row; compaction keeps the newest of each key. */
  private Optional<MergedImage> written(
      AskedKey key, StoredRecord stored, int partition, LogReader log) {
    return stored
        .version()
        .flatMap(
            version -> decoded(merged(key, version.generation()), partition, version.offset(), log))
        .filter(record -> record.hasField(RecordSchemas.MERGE))
        .map(record -> new ImageReader(key.layout()).read(record));
  }

  private Optional<Version> deleted(
      AskedKey key, StoredRecord stored, int partition, LogReader log) {
    ControlCodec<MergedDelete> codec = ControlCodec.of(MergedDelete.class);
    return stored
        .deleted()
        .flatMap(at -> decoded(merged(key, at.generation()), partition, at.offset(), log))
        .filter(record -> record.getSchema().equals(codec.schema()))
        .map(record -> codec.fromAvro(record).deleted());
  }

  private List<WaitingField> waiting(
      StoredRecord stored, KeyTrace trace, TypeColumns columns, LogReader log) {
    WaitingFields fields = new WaitingFields(columns);
    ControlCodec<Parked> codec = ControlCodec.of(Parked.class);
    return stored
        .parked()
        .flatMap(at -> decoded(topics.parked(), at.partition(), at.offset(), log))
        .filter(record -> record.getSchema().equals(codec.schema()))
        .map(record -> fields.of(codec.fromAvro(record)))
        .orElseGet(() -> fields.of(trace.state()));
  }

  private Optional<GenericRecord> decoded(String topic, int partition, long offset, LogReader log) {
    return log.at(new TopicPartition(topic, partition), offset)
        .map(record -> wire.decode(record.value(), record.headers()))
        .filter(Decoding.Decoded.class::isInstance)
        .map(decoding -> ((Decoding.Decoded) decoding).record());
  }

  private Lag lag(
      AskedKey key,
      StoredRecord stored,
      int partition,
      Raw raw,
      MergePosition position,
      LogReader log) {
    TopicPartition merged = new TopicPartition(topics.merged(key.layout()), partition);
    long next = stored.sinks().stream().mapToLong(StoredRecord.SinkPosition::next).max().orElse(0);
    Scanned waiting = log.scan(merged, key.bytes(), next, budget);
    Window left = waiting.window();
    return new Lag(
        raw.deliveries().stream()
            .filter(delivery -> !position.isMerged(delivery, partition))
            .count(),
        raw.windows().stream().mapToLong(position::behind).sum(),
        waiting.records().size(),
        Math.max(0, left.to() - Math.max(next, left.oldest())));
  }

  private SourceFiles files(
      Raw raw, List<FieldAnswer> fields, List<WaitingField> waiting, Optional<Version> deleted)
      throws SQLException {
    Stream<Version> versions =
        Stream.of(
                raw.deliveries().stream().flatMap(d -> d.origin().stream()).map(Origin::version),
                fields.stream().flatMap(field -> field.setBy().stream()),
                fields.stream()
                    .flatMap(f -> f.delivered().flatMap(MergedImage.Field::setBy).stream()),
                waiting.stream().map(WaitingField::setBy),
                deleted.stream())
            .flatMap(each -> each);
    return SourceFiles.of(database, Endpoints.TABLES_SCHEMA, versions.toList());
  }
}
