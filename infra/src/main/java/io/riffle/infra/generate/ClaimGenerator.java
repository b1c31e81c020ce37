package io.riffle.infra.generate;

import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Column;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Claims with their lines, and drug events. */
final class ClaimGenerator implements RecordGenerator {

  private static final int MOST_LINES = 67;
  private static final Pattern NUMBERED = Pattern.compile("[A-Z_]+_[A-Z]+(\\d+)");

  private final GenerateRequest request;
  private final Entry entry;
  private final Seed seed;
  private final int[] places;

  ClaimGenerator(GenerateRequest request, Entry entry) {
    this.request = request;
    this.entry = entry;
    this.seed = new Seed(request.seed());
    this.places = entry.layout().columns().stream().mapToInt(ClaimGenerator::place).toArray();
  }

  private static int place(Column column) {
    Matcher numbered = NUMBERED.matcher(column.name());
    return numbered.matches() ? Integer.parseInt(numbered.group(1)) : 0;
  }

  @Override
  public long first() {
    return request.first();
  }

  @Override
  public long count() {
    return request.records();
  }

  @Override
  public GeneratedRecord record(long n) {
    long person = request.firstPerson() + Math.floorMod(n, request.persons());
    return new Claim(entry, places, n, person, lines(n), seed.random(entry.type(), n));
  }

  /** Lines of a record: the same in its FULL and in its MERGE file. */
  private int lines(long n) {
    if (!entry.layout().hasLines()) {
      return 1;
    } else if (request.lines() > 0) {
      return request.lines();
    }
    SplittableRandom random = seed.random(entry.layout().type() + " lines", n);
    return random.nextInt(50) == 0 ? 1 + random.nextInt(MOST_LINES) : 1 + random.nextInt(5);
  }
}
