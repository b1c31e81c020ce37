package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What to generate.
 *
 * @param entries in manifest order; one file each, but for persons, who have one for each year
 * @param first number of the first record, from 1; its key is {@code -(1,000,000,000 + n)}
 * @param records records in each file
 * @param firstPerson number of the first person, from 1; the BENE_ID is the {@link #key} of it
 * @param persons persons that the records belong to; a file of persons has them all
 * @param years reference years of persons
 * @param lines lines of each record; 0 for 1 to 67, mostly few
 * @param olderLayout leave out the columns that a later {@code _MERGE} file backfills
 * @param timestamp instant of the data set, which names its folder
 * @param sequence the manifest's sequenceId
 */
public record GenerateRequest(
    List<Entry> entries,
    long first,
    long records,
    long firstPerson,
    long persons,
    Years years,
    int lines,
    boolean olderLayout,
    long seed,
    Instant timestamp,
    int sequence) {

  /** The reference year of persons unless another one is asked for. */
  public static final Years USUAL_YEARS = new Years(2025, 2025);

  private static final long BEFORE_FIRST_KEY = -1_000_000_000L;
  private static final String MERGE_SUFFIX = "_MERGE";

  public GenerateRequest {
    entries = List.copyOf(entries);
    if (first < 1 || firstPerson < 1 || persons < 1) {
      throw new IllegalArgumentException("--first, --first-bene and --benes are at least 1");
    }
    if (records < 0 || lines < 0 || sequence < 0) {
      throw new IllegalArgumentException("--claims, --lines and --sequence are not negative");
    }
  }

  /** Of the first persons and the usual year. */
  public GenerateRequest(
      List<Entry> entries,
      long first,
      long records,
      long persons,
      int lines,
      boolean olderLayout,
      long seed,
      Instant timestamp,
      int sequence) {
    this(
        entries,
        first,
        records,
        1,
        persons,
        USUAL_YEARS,
        lines,
        olderLayout,
        seed,
        timestamp,
        sequence);
  }

  /** The key of record n, for any type. */
  public static long key(long n) {
    return BEFORE_FIRST_KEY - n;
  }

  /** The number of the record with a key; the inverse of {@link #key}. */
  public static long record(long key) {
    return BEFORE_FIRST_KEY - key;
  }

  /** A file to generate: a layout, and whether it is the layout's {@code _MERGE} form. */
  public record Entry(Layout layout, boolean merge) {

    /**
     * Reads an entry type such as {@code CARRIER} or {@code carrier_merge}.
     *
     * @throws IllegalArgumentException when there is no such layout, or it has no such form
     */
    public static Entry parse(Layouts layouts, String type) {
      String upper = type.trim().toUpperCase(Locale.ROOT);
      boolean merge = upper.endsWith(MERGE_SUFFIX);
      String base = merge ? upper.substring(0, upper.length() - MERGE_SUFFIX.length()) : upper;
      Layout layout = layouts.get(base);
      if (merge && layout.joins().isPresent()) {
        throw new IllegalArgumentException(base + " has no " + MERGE_SUFFIX + " form");
      }
      return new Entry(layout, merge);
    }

    /** The columns that a {@code _MERGE} file of the layout brings. */
    public List<Column> backfilledColumns() {
      return BackfillColumns.of(layout);
    }

    /** The manifest's entry type. */
    public String type() {
      return merge ? layout.type() + MERGE_SUFFIX : layout.type();
    }
  }
}
