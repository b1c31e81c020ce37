package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The rules of the state of a key, said once more and as literally as can be: the whole set of
 * records is gone through for every question. Shares no code with the product.
 */
public final class NaiveMerge {
  /** A field: its line (0: the record itself) and its column. */
  public record Place(int line, String column) {}

  /** The newest value of a field and the record it came from. */
  public record Source(Optional<String> value, Given record) {
    Version version() {
      return record.version();
    }
  }

  private final Layout layout;
  private final Optional<Version> deletedAt;
  private final Optional<Given> newestFull;
  private final Map<Place, Source> newest = new HashMap<>();
  private final Map<Integer, Version> newestOfYear = new TreeMap<>();
  private final NaiveHistory history;

  public NaiveMerge(Collection<Given> records, Layout layout) {
    this.layout = layout;
    this.deletedAt =
        records.stream()
            .filter(record -> record.kind() == Given.Kind.DELETE)
            .map(Given::version)
            .reduce(BinaryOperator.maxBy(Comparator.naturalOrder()));
    // Rule 1: records not newer than deletedAt have no effect. Sorted, so that the newest writes
    // last.
    var effective =
        records.stream()
            .filter(record -> isEffective(record.version()))
            .sorted(Comparator.comparing(Given::version))
            .toList();
    // Rule 2.
    this.newestFull =
        effective.stream()
            .filter(record -> record.kind() == Given.Kind.FULL)
            .reduce((earlier, later) -> later);
    // Rules 3 and 4.
    for (Given record : effective) {
      if (record.kind() == Given.Kind.HISTORY) {
        continue;
      }
      record.header().forEach((column, value) -> put(0, column, value, record));
      record.lines().forEach((line, fields) -> putLine(line, fields, record));
      if (record.kind() == Given.Kind.FULL) {
        record.lines().keySet().forEach(line -> newestOfYear.put(line, record.version()));
      }
    }
    this.history = new NaiveHistory(effective, layout);
  }

  private boolean years() {
    return layout.lines() == Lines.YEARS;
  }

  private void putLine(int line, Map<String, Optional<String>> fields, Given record) {
    fields.forEach((column, value) -> put(line, column, value, record));
  }

  private void put(int line, String column, Optional<String> value, Given record) {
    newest.put(new Place(line, column), new Source(value, record));
  }

  boolean isEffective(Version version) {
    return deletedAt.map(version::isNewerThan).orElse(true);
  }

  public boolean exists() {
    return newestFull.isPresent();
  }

  public Optional<Version> deletedAt() {
    return deletedAt;
  }

  Optional<Version> full() {
    return newestFull.map(Given::version);
  }

  /** The versions of the years' newest FULL records. */
  Map<Integer, Version> newestOfYear() {
    return newestOfYear;
  }

  NaiveHistory history() {
    return history;
  }

  Set<Integer> lines() {
    if (years()) {
      // All years of which a record speaks, if the person exists.
      Set<Integer> years = new TreeSet<>(newestOfYear.keySet());
      newest.keySet().stream().map(Place::line).filter(line -> line != 0).forEach(years::add);
      return exists() ? years : Set.of();
    }
    return newestFull
        .<Set<Integer>>map(full -> new TreeSet<>(full.lines().keySet()))
        .orElseGet(TreeSet::new);
  }

  /** Whether the field belongs to the row. */
  private boolean isVisible(Place place) {
    return exists() && (place.line() == 0 || lines().contains(place.line()));
  }

  /** The fields of the row that any record had. */
  Map<Place, Source> row() {
    return filtered(this::isVisible);
  }

  /** Fields outside of the row that a later record may yet bring into it. */
  Map<Place, Source> kept() {
    Map<Place, Source> kept = filtered(place -> !isVisible(place));
    kept.entrySet().removeIf(field -> isDead(field.getKey(), field.getValue()));
    return kept;
  }

  /** Only a FULL newer than the newest one can bring the line back, and it has the column. */
  private boolean isDead(Place place, Source source) {
    return exists()
        && isRequiredOfLine(place.column())
        && !source.version().isNewerThan(full().orElseThrow());
  }

  private boolean isRequiredOfLine(String name) {
    return layout.lineColumns().stream()
        .anyMatch(column -> column.required() && column.sqlName().equals(name));
  }

  /** Fields of MERGE records that wait. */
  public Map<Place, Source> waiting() {
    Map<Place, Source> waiting = kept();
    waiting.values().removeIf(source -> source.record().kind() != Given.Kind.MERGE);
    return waiting;
  }

  private Map<Place, Source> filtered(Function<Place, Boolean> wanted) {
    Map<Place, Source> filtered =
        new TreeMap<>(Comparator.comparing(Place::line).thenComparing(Place::column));
    newest.forEach(
        (place, source) -> {
          if (wanted.apply(place)) {
            filtered.put(place, source);
          }
        });
    return filtered;
  }

  /** Rule 5, for a record that has just been added to {@code before}'s set and gave this. */
  String outcome(Given record, NaiveMerge before, boolean seen) {
    if (isEffective(record.version()) || record.version().equals(deletedAt.orElse(null))) {
      boolean newestOfItsKind =
          !before.deletedAt.equals(deletedAt)
              || !before.full().equals(full())
              || (years() && !before.newestOfYear.equals(newestOfYear));
      boolean newHistory = exists() && !before.history.rows().equals(history.rows());
      if (newestOfItsKind || newHistory || won(record, before)) {
        return "APPLIED";
      } else if (record.kind() == Given.Kind.HISTORY && !exists()) {
        return "PARKED";
      } else if (record.kind() == Given.Kind.MERGE && hasAbsentTarget(record)) {
        return "PARKED";
      }
    }
    return seen ? "DUPLICATE" : "OLDER";
  }

  private boolean won(Given record, NaiveMerge before) {
    return row().entrySet().stream()
        .anyMatch(
            field ->
                field.getValue().version().equals(record.version())
                    && !field.getValue().equals(before.row().get(field.getKey())));
  }

  private boolean hasAbsentTarget(Given record) {
    return !exists() || (!years() && !lines().containsAll(record.lines().keySet()));
  }
}
