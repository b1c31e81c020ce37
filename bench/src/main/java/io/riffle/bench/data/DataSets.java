package io.riffle.bench.data;

import io.riffle.bench.chain.BenchChain;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.operations.load.DataSetUpload;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generates the data of rounds: seeded, each round with keys of its own. */
public final class DataSets {

  private static final long SEED = 4;

  /** One PUT takes 1 GiB at most, and sizes of records vary. */
  private static final long MOST_BYTES = 900L << 20;

  private static final int PROBED_RECORDS = 200;
  private static final long RECORDS_PER_PERSON = 10;

  private final BenchChain chain;
  private final Layouts layouts;
  private final Layout layout;
  private final int lines;
  private final RecordNumbers numbers;
  private final long mostRecords;
  private Instant last = Instant.EPOCH;

  /**
   * For a type.
   *
   * @param lines of each claim; 0 for 1 to 67, mostly few
   */
  public DataSets(BenchChain chain, Layouts layouts, Layout layout, int lines)
      throws IOException, SQLException {
    this.chain = chain;
    this.layouts = layouts;
    this.layout = layout;
    this.lines = lines;
    this.numbers = new RecordNumbers(chain.database());
    this.mostRecords = Math.max(1, MOST_BYTES / bytesPerRecord());
  }

  /**
   * The data of one round.
   *
   * @param records claims or drug events, or persons
   * @param merge with the backfill, where the type has one
   */
  public RoundData round(long records, boolean merge) throws IOException, SQLException {
    long first = numbers.take(records);
    Optional<DataSet> persons = Optional.empty();
    if (layout.joins().isPresent()) {
      String type = layout.joins().get();
      persons = Optional.of(write("persons", new Entry(layouts.get(type), false), first, records));
    }
    Entry entry = new Entry(layout, false);
    List<GeneratedFile> files = new ArrayList<>();
    DataSet full = write("full", entry, first, records, files);
    Optional<DataSet> backfill = Optional.empty();
    if (merge && layout.joins().isEmpty()) {
      backfill = Optional.of(write("merge", new Entry(layout, true), first, records));
    }
    return new RoundData(persons, full, backfill, new TypeTables(layouts, layout).rows(files));
  }

  private DataSet write(String name, Entry entry, long first, long records) throws IOException {
    return write(name, entry, first, records, new ArrayList<>());
  }

  private DataSet write(
      String name, Entry entry, long first, long records, List<GeneratedFile> files)
      throws IOException {
    Path folder = WorkFolder.empty(chain.work().resolve(name));
    Instant at = nextInstant();
    int parts = Math.toIntExact((records + mostRecords - 1) / mostRecords);
    for (int part = 1; part <= parts; part++) {
      long begin = (part - 1) * records / parts;
      long end = part * records / parts;
      GenerateRequest request = request(entry, first + begin, end - begin, at, part);
      files.addAll(new DataSetGenerator(request).write(folder));
    }
    return dataSet(folder, files);
  }

  private DataSet dataSet(Path folder, List<GeneratedFile> files) throws IOException {
    List<String> manifests =
        new DataSetUpload(chain.s3(), chain.endpoints().bucket()).manifestKeys(folder);
    long bytes = 0;
    for (GeneratedFile file : files) {
      bytes += Files.size(folder.resolve(file.name()));
    }
    return new DataSet(
        folder,
        manifests,
        files.stream().mapToLong(GeneratedFile::records).sum(),
        files.stream().mapToLong(GeneratedFile::rows).sum(),
        bytes);
  }

  /**
   * Whole header rows, as today's feed has them; a backfill then changes columns that are there.
   */
  private GenerateRequest request(Entry entry, long first, long records, Instant at, int sequence) {
    boolean persons = !isOfClaims(entry.layout());
    return new GenerateRequest(
        List.of(entry),
        first,
        records,
        persons ? first : 1,
        persons ? records : Math.max(1, records / RECORDS_PER_PERSON),
        GenerateRequest.USUAL_YEARS,
        lines,
        false,
        SEED,
        at,
        sequence);
  }

  private static boolean isOfClaims(Layout one) {
    return one.joins().isEmpty() && one.history().isEmpty();
  }

  private long bytesPerRecord() throws IOException {
    Path probe = WorkFolder.empty(chain.work().resolve("probe"));
    GenerateRequest request =
        request(new Entry(layout, false), 1, PROBED_RECORDS, Instant.EPOCH, 1);
    GeneratedFile file = new DataSetGenerator(request).write(probe).get(0);
    return 1 + Files.size(probe.resolve(file.name())) / PROBED_RECORDS;
  }

  /** Later than every one before: a backfill is newer than what it fills. */
  private Instant nextInstant() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }
}
