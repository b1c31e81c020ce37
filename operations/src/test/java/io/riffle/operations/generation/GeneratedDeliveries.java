package io.riffle.operations.generation;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Raw records of one key of CARRIER: FULL of several layouts, patches of it and its lines, DELETE.
 */
final class GeneratedDeliveries {
  private static final int COLUMNS = 3;
  private static final int LINES = 3;
  private static final int LATEST = 1_000;

  private final Random random;
  private final Set<Integer> days = new TreeSet<>();

  GeneratedDeliveries(Random random) {
    this.random = random;
  }

  /** Of versions that no other one has, in the order of their arrival. */
  List<GenericRecord> some(int count) {
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(one(day()));
    }
    return records;
  }

  private int day() {
    int day = 1 + random.nextInt(LATEST);
    return days.add(day) ? day : day();
  }

  private GenericRecord one(int day) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      RifDelete delete = new RifDelete(origin(day), Long.toString(MergedKey.KEY));
      return ControlCodec.of(RifDelete.class).toAvro(delete);
    }
    return kind < 5 ? full(day) : patch(day);
  }

  private GenericRecord full(int day) {
    Set<String> names = all(MergedKey.LAYOUT.columns(), true);
    names.addAll(someOf(optional(MergedKey.LAYOUT.headerColumns())));
    names.addAll(someOf(optional(MergedKey.LAYOUT.lineColumns())));
    return row(day, RecordSchemas.full(MergedKey.LAYOUT, names), lines());
  }

  private GenericRecord patch(int day) {
    Set<String> names = new TreeSet<>(Set.of(MergedKey.LAYOUT.key().name()));
    names.addAll(someOf(optional(MergedKey.LAYOUT.headerColumns())));
    Set<Integer> lines = random.nextBoolean() ? lines() : Set.of();
    if (!lines.isEmpty()) {
      names.add(MergedKey.LAYOUT.lineKey().orElseThrow().name());
      names.addAll(someOf(optional(MergedKey.LAYOUT.lineColumns())));
      if (random.nextBoolean()) {
        names.addAll(requiredOfLine());
      }
    }
    return row(day, RecordSchemas.merge(MergedKey.LAYOUT, names), lines);
  }

  private static Set<String> all(Collection<Column> columns, boolean required) {
    return columns.stream()
        .filter(column -> column.required() == required)
        .map(Column::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> requiredOfLine() {
    return all(MergedKey.LAYOUT.lineColumns(), true).stream().limit(2).toList();
  }

  private static List<String> optional(Collection<Column> columns) {
    return all(columns, false).stream().limit(COLUMNS).toList();
  }

  private List<String> someOf(List<String> names) {
    return names.stream().filter(name -> random.nextBoolean()).toList();
  }

  private Set<Integer> lines() {
    Set<Integer> lines = new TreeSet<>();
    for (int line = 1; line <= LINES; line++) {
      if (random.nextBoolean()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static Origin origin(int day) {
    return new Origin(day, 1, new Version(day, 0, day, 0, 1), 2, 1);
  }

  private GenericRecord row(int day, Schema schema, Set<Integer> lines) {
    GenericRecord row = new GenericData.Record(schema);
    row.put(RecordSchemas.ORIGIN, ControlCodec.of(Origin.class).toAvro(origin(day)));
    fill(MergedKey.LAYOUT.headerColumns(), row);
    row.put(MergedKey.LAYOUT.key().sqlName(), MergedKey.KEY);
    if (row.hasField(RecordSchemas.LINES)) {
      Schema ofLine = schema.getField(RecordSchemas.LINES).schema().getElementType();
      List<GenericRecord> items = new ArrayList<>();
      for (int number : lines) {
        GenericRecord line = new GenericData.Record(ofLine);
        fill(MergedKey.LAYOUT.lineColumns(), line);
        line.put(MergedKey.LAYOUT.lineKey().orElseThrow().sqlName(), number);
        items.add(line);
      }
      row.put(RecordSchemas.LINES, items);
    }
    return row;
  }

  private void fill(List<Column> columns, GenericRecord into) {
    for (Column column : columns) {
      if (into.hasField(column.sqlName())) {
        into.put(column.sqlName(), value(column));
      }
    }
  }

  private Object value(Column column) {
    int number = random.nextInt(50);
    if (!column.required() && number == 0) {
      return null;
    }
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> Integer.toString(number % 10);
      case DECIMAL ->
          column.precision() == 0
              ? Integer.toString(number)
              : ByteBuffer.wrap(BigInteger.valueOf(number).toByteArray());
      case LONG -> (long) number;
      case DATE, INT, SHORT -> number;
      case ACTION -> throw new IllegalArgumentException("is not stored");
    };
  }
}
