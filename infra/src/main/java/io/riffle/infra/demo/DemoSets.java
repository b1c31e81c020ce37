package io.riffle.infra.demo;

import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.Years;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.time.Instant;
import java.util.List;

/**
 * The data sets of a demo: many claims and drug events of the two largest types, a tenth of that of
 * the others, and the backfills of two types.
 */
final class DemoSets {

  /** Types whose claims get a backfill. */
  static final List<String> BACKFILLED = List.of("CARRIER", "OUTPATIENT");

  private static final List<String> LARGE = List.of("CARRIER", "PDE");
  private static final Years YEARS = new Years(2023, 2025);
  private static final int ANY_LINES = 0;

  private final Layouts layouts;
  private final long first;
  private final long claims;
  private final long seed;
  private final Instant at;

  /**
   * Sets of records that the tables do not have yet.
   *
   * @param first number of the first record of every type, and of the first person
   * @param claims records of each large type
   */
  DemoSets(Layouts layouts, long first, long claims, long seed, Instant at) {
    this.layouts = layouts;
    this.first = first;
    this.claims = claims;
    this.seed = seed;
    this.at = at;
  }

  /** Every type, in a layout that lacks some columns. */
  List<GenerateRequest> records() {
    List<String> small =
        layouts.all().stream().map(Layout::type).filter(type -> !LARGE.contains(type)).toList();
    return List.of(request(small, few(), 1), request(LARGE, claims, 2));
  }

  /** The {@code _MERGE} sets, which bring these columns. */
  List<GenerateRequest> backfills() {
    return List.of(
        request(List.of("CARRIER_MERGE"), claims, 3),
        request(List.of("OUTPATIENT_MERGE"), few(), 4));
  }

  private long few() {
    return Math.max(1, claims / 10);
  }

  private GenerateRequest request(List<String> types, long records, int sequence) {
    List<Entry> entries = types.stream().map(type -> Entry.parse(layouts, type)).toList();
    return new GenerateRequest(
        entries, first, records, first, few(), YEARS, ANY_LINES, true, seed, at, sequence);
  }
}
