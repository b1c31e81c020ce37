package io.riffle.infra.generate;

/** Persons in one reference year, one record each. */
final class PersonGenerator implements RecordGenerator {

  private final GenerateRequest request;
  private final RifFile file;
  private final Seed seed;
  private final Identities identities;

  PersonGenerator(GenerateRequest request, RifFile file) {
    this.request = request;
    this.file = file;
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
    int year = file.year().orElseThrow();
    Identity identity = identities.of(person, year);
    boolean changed = !file.first() && !identity.equals(identities.of(person, year - 1));
    return file.entry().merge()
        ? new PersonBackfill(seed, person, year)
        : new PersonYear(seed, person, year, identity, changed);
  }
}
