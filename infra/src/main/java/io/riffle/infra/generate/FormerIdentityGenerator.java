package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Former identities of persons: some rows each, at times one of them twice. */
final class FormerIdentityGenerator implements RecordGenerator {

  private static final int MOST_IDENTITIES = 3;

  private final GenerateRequest request;
  private final Seed seed;
  private final Identities identities;

  FormerIdentityGenerator(GenerateRequest request) {
    this.request = request;
    this.seed = new Seed(request.seed());
    this.identities = new Identities(seed);
  }

  @Override
  public long first() {
    return request.firstPerson();
  }

  @Override
  public long count() {
    return request.persons();
  }

  @Override
  public GeneratedRecord record(long person) {
    SplittableRandom random = seed.random("former identities", person);
    List<Identity> rows = new ArrayList<>();
    for (int number = 1 + random.nextInt(MOST_IDENTITIES); number > 0; number--) {
      Identity identity = identities.former(person, number);
      rows.add(identity);
      if (random.nextInt(8) == 0) {
        rows.add(identity);
      }
    }
    return new Rows(seed, person, rows);
  }

  /** The rows of one person. */
  private record Rows(Seed seed, long person, List<Identity> identities)
      implements GeneratedRecord {

    @Override
    public int rows() {
      return identities.size();
    }

    @Override
    public String field(Column column, int row) {
      return column.role() == Role.KEY
          ? String.valueOf(GenerateRequest.key(person))
          : identities
              .get(row - 1)
              .field(column.name(), seed.random(column.name(), person))
              .orElseGet(() -> new PersonFields(seed).field(column, person));
    }

    @Override
    public int formerIdentities() {
      return rows();
    }
  }
}
