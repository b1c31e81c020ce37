package io.riffle.merge.record;

import io.riffle.merge.rule.Shape;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The stored columns of a RIF type by index, as rule, state and records number them. */
public final class TypeColumns {
  private final Layout layout;
  private final List<Column> header;
  private final List<Column> line;
  private final Shape shape;

  public TypeColumns(Layout layout) {
    this.layout = layout;
    this.header = layout.headerColumns();
    this.line = layout.lineColumns();
    BitSet required = new BitSet();
    IntStream.range(0, line.size()).filter(i -> line.get(i).required()).forEach(required::set);
    this.shape = new Shape(header.size(), line.size(), required);
  }

  public Layout layout() {
    return layout;
  }

  public Shape shape() {
    return shape;
  }

  public List<Column> header() {
    return header;
  }

  /** Empty for types without lines. */
  public List<Column> line() {
    return line;
  }

  List<Column> of(Level level) {
    return level == Level.HEADER ? header : line;
  }

  /** The index of a column within its level, by its name in Avro records. */
  OptionalInt indexOf(Level level, String name) {
    List<Column> columns = of(level);
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).sqlName().equals(name))
        .findFirst();
  }
}
