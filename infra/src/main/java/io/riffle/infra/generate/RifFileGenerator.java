package io.riffle.infra.generate;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Writes the header row and the records of one RIF file. */
final class RifFileGenerator {

  private static final long FIRST_PERSON = -1_000_000L;
  private static final int MOST_LINES = 67;

  private final GenerateRequest request;
  private final Entry entry;
  private final List<Column> columns;

  RifFileGenerator(GenerateRequest request, Entry entry) {
    this.request = request;
    this.entry = entry;
    this.columns = columns(request, entry);
  }

  /** The columns of the file's header row. */
  private static List<Column> columns(GenerateRequest request, Entry entry) {
    Set<Column> backfilled = new HashSet<>(entry.backfilledColumns());
    return entry.layout().columns().stream()
        .filter(
            column ->
                entry.merge()
                    ? backfilled.contains(column) || isKey(column)
                    : !(request.olderLayout() && backfilled.contains(column)))
        .toList();
  }

  private static boolean isKey(Column column) {
    return column.role() == Role.KEY || column.role() == Role.LINE_KEY;
  }

  /**
   * Writes the file.
   *
   * @param lastLineEnd whether the last row ends in a line feed; real files often lack it
   * @return rows written, the header row left out
   */
  long write(Writer out, boolean lastLineEnd) throws IOException {
    out.write(String.join("|", columns.stream().map(Column::name).toList()));
    long rows = 0;
    for (long n = request.first(); n < request.first() + request.records(); n++) {
      rows += record(out, n);
    }
    if (lastLineEnd) {
      out.write('\n');
    }
    return rows;
  }

  /** Lines of a record: the same in its FULL and in its MERGE file. */
  private int lines(long n) {
    if (!entry.layout().hasLines()) {
      return 1;
    } else if (request.lines() > 0) {
      return request.lines();
    }
    SplittableRandom random = random(entry.layout().type() + " lines", n);
    return random.nextInt(50) == 0 ? 1 + random.nextInt(MOST_LINES) : 1 + random.nextInt(5);
  }

  private int record(Writer out, long n) throws IOException {
    SplittableRandom random = random(entry.type(), n);
    String header = fields(Level.HEADER, n, 0, random);
    int lines = lines(n);
    for (int line = 1; line <= lines; line++) {
      out.write('\n');
      out.write(header);
      if (entry.layout().hasLines()) {
        out.write('|');
        out.write(fields(Level.LINE, n, line, random));
      }
    }
    return lines;
  }

  private String fields(Level level, long n, int line, SplittableRandom random) {
    StringBuilder fields = new StringBuilder();
    for (Column column : columns) {
      if (column.level() == level) {
        fields.append(fields.length() == 0 ? "" : "|").append(field(column, n, line, random));
      }
    }
    return fields.toString();
  }

  private String field(Column column, long n, int line, SplittableRandom random) {
    if (column.role() == Role.KEY) {
      return String.valueOf(GenerateRequest.key(n));
    } else if (column.role() == Role.LINE_KEY) {
      return String.valueOf(line);
    } else if (column.role() == Role.PERSON) {
      return String.valueOf(FIRST_PERSON - Math.floorMod(n, request.persons()));
    } else if (column.kind() == Kind.ACTION) {
      return "INSERT";
    }
    return entry.merge()
        ? FieldGenerator.present(column, random)
        : FieldGenerator.field(column, random);
  }

  /** Independent of the other records, so that record n is the same in a file of any size. */
  private SplittableRandom random(String purpose, long n) {
    long seed = request.seed() * 0x9E3779B97F4A7C15L + purpose.hashCode();
    return new SplittableRandom(seed ^ (n * 0xC2B2AE3D27D4EB4FL));
  }
}
