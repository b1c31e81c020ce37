package io.riffle.operations.record;

import io.riffle.operations.record.StoredRecord.Deleted;
import io.riffle.operations.record.StoredRecord.RowVersion;
import io.riffle.schemas.control.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers as {@link RecordLookup} makes them, without database and topics. */
public final class GivenAnswer {
  private final GivenKey key;
  private final SortedMap<RowId, Map<String, Optional<String>>> rows = new TreeMap<>();
  private Optional<MergedImage> written = Optional.empty();
  private Optional<Version> deleted = Optional.empty();
  private List<KeyReject> rejects = List.of();
  private Lag lag = new Lag(0, 0, 0, 0);
  private long from;

  GivenAnswer(GivenKey key) {
    this.key = key;
  }

  /** A claim with a patched column, as it was written; carr_num came with an escape character. */
  public static GivenAnswer patchedClaim() {
    GivenKey claim =
        new GivenKey("CARRIER")
            .full(1, Map.of("CARR_NUM", "A\u001b[2J"), Map.of(1, Map.of(), 2, Map.of()))
            .merge(2, Map.of("CARR_CLM_CNTL_NUM", "secret"), Map.of());
    return new GivenAnswer(claim).written();
  }

  /** What the deliveries so far give is in the table. */
  GivenAnswer written() {
    MergedImage image = key.image();
    written = Optional.of(image);
    rows.clear();
    image
        .rows()
        .forEach(
            (row, fields) -> {
              Map<String, Optional<String>> values = new LinkedHashMap<>();
              fields.forEach((column, field) -> values.put(column, field.value()));
              rows.put(row, values);
            });
    return this;
  }

  /** Somebody has changed the table. */
  public GivenAnswer changed(String column, String value) {
    rows.get(RowId.RECORD).put(column, Optional.of(value));
    return this;
  }

  GivenAnswer deleted(int day) {
    deleted = Optional.of(GivenKey.version(day));
    rows.clear();
    written = Optional.empty();
    return this;
  }

  GivenAnswer lag(long toMerge, long toStore) {
    lag = new Lag(toMerge, toMerge + 3, toStore, toStore + 5);
    return this;
  }

  GivenAnswer rejected(KeyReject... found) {
    rejects = List.of(found);
    return this;
  }

  /** Offsets before this one are gone. */
  public GivenAnswer seenFrom(long offset) {
    from = offset;
    return this;
  }

  public RecordAnswer answer() {
    List<Delivery> seen = key.deliveries().stream().filter(d -> d.offset() >= from).toList();
    KeyTrace trace = KeyTrace.of(key.columns(), seen, delivery -> false);
    Optional<MergedImage> gives = StateImage.of(trace, key.columns());
    Optional<RowVersion> version =
        rows.isEmpty()
            ? Optional.empty()
            : Optional.of(new RowVersion(0, 17, Optional.of(Instant.EPOCH)));
    String type = key.columns().layout().type();
    return new RecordAnswer(
        AskedKey.of(GivenKey.LAYOUTS, type, Long.toString(GivenKey.KEY)),
        3,
        new StoredRecord(
            rows,
            version,
            deleted.map(d -> new Deleted(0, 19, Instant.EPOCH)),
            Optional.empty(),
            List.of()),
        List.of(window(seen)),
        trace,
        written.map(MergedImage::merge),
        deleted,
        new Comparison(rows, written, gives, from == 0).fields(),
        new WaitingFields(key.columns()).of(trace.state()),
        rejects,
        lag,
        new SourceFiles(Map.of()));
  }

  private Window window(List<Delivery> seen) {
    long end = key.deliveries().size();
    Optional<Instant> since = seen.stream().findFirst().map(Delivery::time);
    return new Window("main.rif.carrier", 3, from, from, end, since);
  }
}
