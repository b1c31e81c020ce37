package io.riffle.cdc.archive;

import io.riffle.cdc.obfuscate.Obfuscate;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts rows of the archive back onto the topics of their tables, as events with the versions that
 * they had: what is newer in the tables stays, what is missing comes back.
 */
public final class ArchiveLoad {
  /** Of events that came from an archive: the address of their file. */
  public static final String HEADER = "riffle.archive";

  private final SchemaRegistry registry;

  public ArchiveLoad(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** What was put back. */
  public record Loaded(int tables, int files, long rows) {}

  /**
   * Publishes the rows of files.
   *
   * @param files verified for the target
   * @param producer idempotent; the caller closes it
   */
  public Loaded run(ArchiveFiles files, LoadTarget target, Producer<byte[], byte[]> producer)
      throws IOException {
    long rows = 0;
    TreeSet<String> topics = new TreeSet<>();
    for (ArchivedFile file : files.all()) {
      topics.add(target.topic(file));
      publish(file, target.topic(file), producer);
      rows += file.manifest().rows();
    }
    return new Loaded(topics.size(), files.all().size(), rows);
  }

  private void publish(ArchivedFile file, String topic, Producer<byte[], byte[]> producer)
      throws IOException {
    Manifest manifest = file.manifest();
    EventMaker maker = new EventMaker(manifest);
    SchemaHandle values = handle(topic, maker.schema());
    Optional<SchemaHandle> keys = file.keySchema().map(schema -> handle(topic, schema));
    AtomicReference<Exception> failure = new AtomicReference<>();
    file.forEachRow(
        cells -> {
          RowCells row = new RowCells(cells, manifest.columns().size());
          byte[] value = AvroBytes.encode(values, maker.event(cells));
          ProducerRecord<byte[], byte[]> record =
              new ProducerRecord<>(topic, 0, key(keys, row), value);
          addHeaders(record, file, row);
          Future<?> unused =
              producer.send(record, (sent, thrown) -> failure.compareAndSet(null, thrown));
        });
    producer.flush();
    if (failure.get() != null) {
      throw new IOException("not all rows of " + file.objectKey() + " were taken", failure.get());
    }
  }

  /** Apart from the subjects of what streams: there, an old schema would be the newest. */
  private SchemaHandle handle(String topic, Schema schema) {
    return SchemaHandle.register(registry, topic + "-" + schema.getFullName(), schema);
  }

  private static void addHeaders(
      ProducerRecord<byte[], byte[]> record, ArchivedFile file, RowCells row) {
    add(record, EventReader.EPOCH, Integer.toString(row.position().epoch()));
    add(record, EventReader.PLACEHOLDER, file.manifest().placeholder());
    if (file.manifest().obfuscated()) {
      add(record, Obfuscate.HEADER, "true");
    }
    add(record, HEADER, file.address());
  }

  private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] key(Optional<SchemaHandle> keys, RowCells row) {
    byte[] avro = row.key();
    if (avro == null || keys.isEmpty()) {
      return avro;
    }
    byte[] key = new byte[WireFormat.PREFIX_LENGTH + avro.length];
    keys.get().writePrefix(key, 0);
    System.arraycopy(avro, 0, key, WireFormat.PREFIX_LENGTH, avro.length);
    return key;
  }
}
