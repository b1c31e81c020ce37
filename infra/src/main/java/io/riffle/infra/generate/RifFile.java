package io.riffle.infra.generate;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Lines;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A file to write.
 *
 * @param year the reference year of persons; empty for the other types
 * @param first whether no file of the data set has the same records of an earlier year
 */
record RifFile(Entry entry, OptionalInt year, boolean first) {

  /** The files of a request, in manifest order: persons have one for each year. */
  static List<RifFile> of(GenerateRequest request) {
    return request.entries().stream().flatMap(entry -> files(entry, request.years())).toList();
  }

  private static Stream<RifFile> files(Entry entry, Years years) {
    return entry.layout().lines() == Lines.YEARS
        ? years.stream().mapToObj(y -> new RifFile(entry, OptionalInt.of(y), y == years.first()))
        : Stream.of(new RifFile(entry, OptionalInt.empty(), true));
  }

  String name(int sequence) {
    String ofYear = year.isPresent() ? "_" + year.getAsInt() : "";
    return entry.type().toLowerCase(Locale.ROOT) + ofYear + "_" + sequence + ".csv";
  }

  /** Real feeds insert persons with their first year and update them with the later ones. */
  String action() {
    return first ? "INSERT" : "UPDATE";
  }

  RecordGenerator records(GenerateRequest request) {
    if (entry.layout().lines() == Lines.YEARS) {
      return new PersonGenerator(request, this);
    }
    return entry.layout().joins().isPresent()
        ? new FormerIdentityGenerator(request)
        : new ClaimGenerator(request, entry);
  }
}
