package io.riffle.merge.record;

import io.riffle.merge.rule.Identity;
import io.riffle.merge.rule.IdentityColumns;
import io.riffle.merge.rule.Shape;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The stored columns of a RIF type by index, as rule, state and records number them. */
public final class TypeColumns {
  private static final Slice NULL = Slice.of(new byte[] {FieldSchemas.NULL_BRANCH});

  private final Layout layout;
  private final List<Column> header;
  private final List<Column> line;
  private final List<Column> history;
  private final Shape shape;

  public TypeColumns(Layout layout) {
    this.layout = layout;
    this.header = layout.headerColumns();
    this.line = layout.lineColumns();
    this.history = layout.history().map(History::columns).orElse(List.of());
    this.shape =
        years()
            ? Shape.ofYears(
                header.size(), line.size(), year(), layout.history().map(this::identity))
            : new Shape(header.size(), line.size(), requiredOf(line));
  }

  private static BitSet requiredOf(List<Column> columns) {
    BitSet required = new BitSet();
    IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).required())
        .forEach(required::set);
    return required;
  }

  private int year() {
    return line.indexOf(layout.lineKey().orElseThrow());
  }

  private IdentityColumns identity(History of) {
    return new IdentityColumns(
        history.stream().map(header::indexOf).toList(),
        of.identity().size(),
        new Identity(
            history.stream()
                .map(c -> c.required() ? Optional.<Slice>empty() : Optional.of(NULL))
                .toList()));
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

  /** The columns of a row of the history; empty for types without one. */
  List<Column> history() {
    return history;
  }

  /** Whether lines are years of a person: they accumulate, and their numbers are no fields. */
  public boolean years() {
    return layout.lines() == Lines.YEARS;
  }

  List<Column> of(Level level) {
    return level == Level.HEADER ? header : line;
  }
}
