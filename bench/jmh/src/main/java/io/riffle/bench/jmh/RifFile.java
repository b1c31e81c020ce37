package io.riffle.bench.jmh;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.producer.rif.HeaderPlan;
import io.riffle.producer.rif.UnknownColumns;
import io.riffle.schemas.layout.Layouts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A generated file in memory: its header's plan, and its rows. */
final class RifFile {

  static final Layouts LAYOUTS = Layouts.load();

  private static final int PERSONS = 1000;
  private static final int LINES = 3;
  private static final long SEED = 4;

  private final byte[] bytes;
  private final int rowsAt;
  private final HeaderPlan plan;

  private RifFile(byte[] bytes, Entry entry) {
    this.bytes = bytes;
    int end = 0;
    while (bytes[end] != '\n') {
      end++;
    }
    this.rowsAt = end + 1;
    this.plan =
        (HeaderPlan)
            HeaderPlan.read(bytes, 0, end, entry.layout(), entry.merge(), UnknownColumns.REJECT);
  }

  /**
   * The file of an entry type such as {@code CARRIER} or {@code CARRIER_MERGE}; claims have three
   * lines.
   *
   * @param records claims, drug events or persons
   */
  static RifFile generate(String type, int records) {
    Entry entry = Entry.parse(LAYOUTS, type);
    boolean persons = type.startsWith("BENEFICIARY");
    GenerateRequest request =
        new GenerateRequest(
            List.of(entry),
            1,
            records,
            persons ? records : PERSONS,
            LINES,
            false,
            SEED,
            Instant.EPOCH,
            1);
    try {
      return new RifFile(written(request), entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] written(GenerateRequest request) throws IOException {
    Path folder = Files.createTempDirectory("riffle-jmh");
    try {
      GeneratedFile file = new DataSetGenerator(request).write(folder).get(0);
      return Files.readAllBytes(folder.resolve(file.name()));
    } finally {
      try (Stream<Path> paths = Files.walk(folder).sorted(Comparator.reverseOrder())) {
        paths.forEach(path -> path.toFile().delete());
      }
    }
  }

  HeaderPlan plan() {
    return plan;
  }

  /** The rows, without the header. */
  InputStream rows() {
    return new ByteArrayInputStream(bytes, rowsAt, rowBytes());
  }

  int rowBytes() {
    return bytes.length - rowsAt;
  }

  /** The whole file; not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
