package io.riffle.cdc.archive;

import io.riffle.cdc.obfuscate.Obfuscate;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
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

  private final ArchiveConfig config;
  private final ArchiveStore store;
  private final SchemaRegistry registry;

  /** The store stays the caller's. */
  public ArchiveLoad(ArchiveConfig config, ArchiveStore store, SchemaRegistry registry) {
    this.config = config;
    this.store = store;
    this.registry = registry;
  }

  /**
   * Which files.
   *
   * @param set whose archive it is
   * @param table asked with {@code schema.table}
   * @param obfuscatedOnly whether files with other rows are a problem
   * @param from first day of the source's commits; empty for the oldest
   * @param to last day
   */
  public record Selection(
      String set,
      String source,
      Predicate<String> table,
      boolean obfuscatedOnly,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {

    private boolean has(Manifest manifest) {
      LocalDate day = LocalDate.parse(manifest.day());
      return table.test(manifest.schema() + "." + manifest.table())
          && from.filter(day::isBefore).isEmpty()
          && to.filter(day::isAfter).isEmpty();
    }
  }

  /** What was put back. */
  public record Loaded(int tables, int files, long rows) {}

  /**
   * Verifies every file of the selection, then publishes its rows. Nothing is published if any file
   * has a problem.
   *
   * @param into the set whose topics take the rows
   * @param producer idempotent; the caller closes it
   * @throws ArchiveProblemsException naming every problem
   */
  public Loaded run(Selection selection, Topics into, Producer<byte[], byte[]> producer)
      throws IOException {
    List<ArchivedFile> files = verified(selection);
    long rows = 0;
    TreeSet<String> tables = new TreeSet<>();
    for (ArchivedFile file : files) {
      Manifest manifest = file.manifest();
      tables.add(manifest.schema() + "." + manifest.table());
      publish(file, into.cdc(selection.source(), manifest.schema(), manifest.table()), producer);
      rows += manifest.rows();
    }
    return new Loaded(tables.size(), files.size(), rows);
  }

  /** In the order in which the events were: by table, creation of its topic, offset. */
  private List<ArchivedFile> verified(Selection selection) throws IOException {
    List<String> problems = new ArrayList<>();
    List<ArchivedFile> files = files(selection, problems);
    files.forEach(file -> file.problem().ifPresent(problems::add));
    files.stream()
        .filter(file -> selection.obfuscatedOnly() && !file.manifest().obfuscated())
        .forEach(
            file ->
                problems.add(
                    store.address(file.key())
                        + ": its rows have passed no rules of obfuscation, and the source has some"));
    if (files.isEmpty() && problems.isEmpty()) {
      problems.add(
          "no files under "
              + store.address(
                  ArchivedTable.folder(config.prefix(), selection.set(), selection.source())));
    }
    if (!problems.isEmpty()) {
      throw new ArchiveProblemsException(problems);
    }
    files.sort(
        Comparator.comparing((ArchivedFile file) -> file.manifest().topic())
            .thenComparing(file -> file.manifest().day())
            .thenComparing(file -> file.manifest().firstOffset()));
    return files;
  }

  private List<ArchivedFile> files(Selection selection, List<String> problems) {
    String folder = ArchivedTable.folder(config.prefix(), selection.set(), selection.source());
    List<ArchivedFile> files = new ArrayList<>();
    for (String key : store.keys(folder)) {
      if (key.endsWith(Manifest.ENDING)) {
        String name = key.substring(0, key.length() - Manifest.ENDING.length());
        try {
          Manifest manifest = Manifest.parse(store.whole(key));
          if (selection.has(manifest)) {
            files.add(new ArchivedFile(store, name + Manifest.FILE_ENDING, manifest));
          }
        } catch (IOException | RuntimeException e) {
          problems.add(store.address(key) + ": is no manifest");
        }
      }
    }
    return files;
  }

  private void publish(ArchivedFile file, String topic, Producer<byte[], byte[]> producer)
      throws IOException {
    Manifest manifest = file.manifest();
    EventMaker maker = new EventMaker(manifest);
    SchemaHandle values = SchemaHandle.register(registry, topic + "-value", maker.schema());
    Optional<SchemaHandle> keys =
        Optional.ofNullable(manifest.keySchema())
            .filter(schema -> !schema.isNull())
            .map(schema -> new Schema.Parser().parse(schema.toString()))
            .map(schema -> SchemaHandle.register(registry, topic + "-key", schema));
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
      throw new IOException("not all rows of " + file.key() + " were taken", failure.get());
    }
  }

  private static void addHeaders(
      ProducerRecord<byte[], byte[]> record, ArchivedFile file, RowCells row) {
    add(record, EventReader.EPOCH, Integer.toString(row.position().epoch()));
    add(record, EventReader.PLACEHOLDER, file.manifest().placeholder());
    if (file.manifest().obfuscated()) {
      add(record, Obfuscate.HEADER, "true");
    }
    add(record, HEADER, file.store().address(file.key()));
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
