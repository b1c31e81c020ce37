package io.riffle.merge.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Holds the newest record of the parked topic against what the rule says. */
public final class ParkedCheck {
  private final Layout layout;
  private final NaiveMerge expected;
  private final ToLongFunction<Given> fileOf;

  /** {@code fileOf} tells the file that a record was delivered from. */
  public ParkedCheck(Layout layout, NaiveMerge expected, ToLongFunction<Given> fileOf) {
    this.layout = layout;
    this.expected = expected;
    this.fileOf = fileOf;
  }

  public void check(Optional<Parked> newest) {
    Map<String, String> waiting = new TreeMap<>();
    newest.ifPresent(record -> record.fields().forEach(field -> waiting.put(at(field), of(field))));
    assertThat(waiting).as("waiting").isEqualTo(expectedWaiting());
    if (!waiting.isEmpty()) {
      assertThat(newest.orElseThrow().deleted()).isEqualTo(expected.deletedAt());
    }
  }

  /** One field is there once, former identities are as many as were sent. */
  private static String at(Parked.ParkedField field) {
    String place = field.line().orElse(0) + " " + field.column();
    return field.column().equals(RecordSchemas.HISTORY) ? place + " " + field.version() : place;
  }

  private static String of(Parked.ParkedField field) {
    return field.version() + " " + field.file() + " " + field.value().remaining();
  }

  private Map<String, String> expectedWaiting() {
    Map<String, String> waiting = new TreeMap<>();
    expected
        .waiting()
        .forEach(
            (place, source) -> waiting.put(place.line() + " " + place.column(), of(place, source)));
    if (!expected.exists()) {
      expected
          .history()
          .sent()
          .forEach(row -> waiting.put("0 history " + row.version(), ofHistory(row)));
    }
    return waiting;
  }

  private String ofHistory(Given row) {
    int length =
        layout.history().orElseThrow().columns().stream()
            .mapToInt(column -> encodedLength(column, value(column, row)))
            .sum();
    return row.version() + " " + fileOf.applyAsLong(row) + " " + length;
  }

  private static Optional<String> value(Column column, Given row) {
    return row.header().getOrDefault(column.sqlName(), Optional.empty());
  }

  private String of(NaiveMerge.Place place, NaiveMerge.Source source) {
    return source.version()
        + " "
        + fileOf.applyAsLong(source.record())
        + " "
        + encodedLength(column(place), source.value());
  }

  private Column column(NaiveMerge.Place place) {
    return layout.columns().stream()
        .filter(column -> column.stored() && column.sqlName().equals(place.column()))
        .findFirst()
        .orElseThrow();
  }

  /** The bytes that the field takes, which tell null from empty from a letter. */
  private static int encodedLength(Column column, Optional<String> value) {
    int branch = column.required() ? 0 : 1;
    return branch + value.map(text -> textLength(column, text)).orElse(0);
  }

  private static int textLength(Column column, String text) {
    int letters = text.length();
    return switch (column.kind()) {
      case LONG, INT, SHORT, DATE -> 1 + letters;
      case DECIMAL -> column.precision() == 0 ? 1 + letters : 2;
      default -> 1 + letters;
    };
  }
}
