package io.riffle.operations.generation;

import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * MERGE records of single fields: one for each version and level, several where lines of a version
 * have other columns left.
 */
final class Patches {
  private final Layout layout;
  private final BiFunction<Schema, Version, GenericRecord> withOrigin;
  private final Map<Set<String>, Schema> schemas = new HashMap<>();

  /**
   * @param withOrigin makes a record of a schema and version, of which it fills the origin
   */
  Patches(Layout layout, BiFunction<Schema, Version, GenericRecord> withOrigin) {
    this.layout = layout;
    this.withOrigin = withOrigin;
  }

  /**
   * A field as a delivered record sent it.
   *
   * @param line empty for a field of the record itself
   */
  record Sent(Optional<Integer> line, Column column, Version version, Object value) {}

  /**
   * The records of a key.
   *
   * @param key as its column's Avro type has it
   */
  List<GenericRecord> of(Object key, List<Sent> sent) {
    Map<Version, List<Sent>> byVersion = new TreeMap<>();
    sent.forEach(
        field -> byVersion.computeIfAbsent(field.version(), v -> new ArrayList<>()).add(field));
    List<GenericRecord> records = new ArrayList<>();
    byVersion.forEach(
        (version, fields) -> {
          List<Sent> own = fields.stream().filter(field -> field.line().isEmpty()).toList();
          if (!own.isEmpty()) {
            records.add(headerPatch(key, version, own));
          }
          records.addAll(linePatches(key, version, fields));
        });
    return records;
  }

  private GenericRecord headerPatch(Object key, Version version, List<Sent> fields) {
    GenericRecord patch = patch(key, version, sources(fields));
    fields.forEach(field -> patch.put(field.column().sqlName(), field.value()));
    return patch;
  }

  private List<GenericRecord> linePatches(Object key, Version version, List<Sent> fields) {
    Map<Integer, List<Sent>> byLine = new TreeMap<>();
    fields.stream()
        .filter(field -> field.line().isPresent())
        .forEach(
            field -> byLine.computeIfAbsent(field.line().get(), n -> new ArrayList<>()).add(field));
    Map<Set<String>, List<List<Sent>>> bySources = new HashMap<>();
    byLine
        .values()
        .forEach(
            line -> bySources.computeIfAbsent(sources(line), s -> new ArrayList<>()).add(line));
    List<GenericRecord> records = new ArrayList<>();
    bySources.forEach((names, lines) -> records.add(linePatch(key, version, names, lines)));
    return records;
  }

  private GenericRecord linePatch(
      Object key, Version version, Set<String> names, List<List<Sent>> lines) {
    Column number = layout.lineKey().orElseThrow();
    Set<String> header = new TreeSet<>(names);
    header.add(number.source());
    GenericRecord patch = patch(key, version, header);
    List<GenericRecord> array = new ArrayList<>();
    for (List<Sent> fields : lines) {
      GenericRecord line = new GenericData.Record(StateRecords.lineSchema(patch.getSchema()));
      line.put(number.sqlName(), number(number, fields.get(0).line().orElseThrow()));
      fields.forEach(field -> line.put(field.column().sqlName(), field.value()));
      array.add(line);
    }
    patch.put(RecordSchemas.LINES, array);
    return patch;
  }

  /** As the column's Avro type has it. */
  static Object number(Column column, long number) {
    return FieldSchemas.of(column).getType() == Schema.Type.LONG
        ? (Object) number
        : (Object) Math.toIntExact(number);
  }

  private static Set<String> sources(List<Sent> fields) {
    return fields.stream()
        .map(field -> field.column().source())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private GenericRecord patch(Object key, Version version, Set<String> names) {
    Set<String> header = new TreeSet<>(names);
    header.add(layout.key().source());
    Schema schema = schemas.computeIfAbsent(header, all -> RecordSchemas.merge(layout, all));
    GenericRecord patch = withOrigin.apply(schema, version);
    patch.put(layout.key().sqlName(), key);
    return patch;
  }
}
