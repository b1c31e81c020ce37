package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
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
final class NaiveMerge {
  /** A field: its line (0: the record itself) and its column. */
  record Place(int line, String column) {}

  /** The newest value of a field and the record it came from. */
  record Source(Optional<String> value, Given record) {
    Version version() {
      return record.version();
    }
  }

  private final Set<String> requiredOfLine;
  private final Optional<Version> deletedAt;
  private final Optional<Given> newestFull;
  private final Map<Place, Source> newest = new HashMap<>();

  NaiveMerge(Collection<Given> records, Set<String> requiredOfLine) {
    this.requiredOfLine = requiredOfLine;
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
      record.header().forEach((column, value) -> put(0, column, value, record));
      record.lines().forEach((line, fields) -> putLine(line, fields, record));
    }
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

  boolean exists() {
    return newestFull.isPresent();
  }

  Optional<Version> deletedAt() {
    return deletedAt;
  }

  Optional<Version> full() {
    return newestFull.map(Given::version);
  }

  Set<Integer> lines() {
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
        && requiredOfLine.contains(place.column())
        && !source.version().isNewerThan(full().orElseThrow());
  }

  /** Fields of MERGE records that wait. */
  Map<Place, Source> waiting() {
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
          !before.deletedAt.equals(deletedAt) || !before.full().equals(full());
      if (newestOfItsKind || won(record, before)) {
        return "APPLIED";
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
    return !exists() || !lines().containsAll(record.lines().keySet());
  }
}
