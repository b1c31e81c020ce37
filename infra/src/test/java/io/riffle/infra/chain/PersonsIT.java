package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.Years;
import io.riffle.operations.ledger.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated persons through the whole chain: whatever has arrived so far, and in whatever order,
 * the tables are what an independent reader makes of the files.
 */
@Tag("full")
@Tag("stack")
class PersonsIT {

  private static final int PERSONS = 150;

  private final Chain chain = Chain.shared();
  private final long first = Chain.persons(PERSONS);
  private final Instant instant = Chain.nextInstant();
  private final TreeMap<Integer, Path> delivered = new TreeMap<>();
  @TempDir Path folder;

  @Test
  void yearsInAnyOrderGiveTheirMonthsAndTheIdentitiesThatWereFollowed() throws Exception {
    Path former = load("BENEFICIARY_HISTORY", 2018, false, 90);
    assertThat(waiting()).isPositive();

    for (int year : List.of(2021, 2018, 2023, 2020, 2019, 2022)) {
      delivered.put(year, load("BENEFICIARY", year, false, year - 2000));
      assertThat(differences(Optional.empty(), List.of(former))).as("after " + year).isZero();
    }

    assertThat(waiting()).isZero();
    assertThat(identitiesWithTwoHashes()).isZero();
  }

  @Test
  void monthsOfAYearAreBackfilledBeforeAndAfterItsRecords() throws Exception {
    delivered.put(2019, load("BENEFICIARY", 2019, true, 19));
    Path early = load("BENEFICIARY_MERGE", 2020, false, 91);
    delivered.put(2020, load("BENEFICIARY", 2020, true, 20));
    assertThat(differences(Optional.of(early), List.of())).isZero();
  }

  @Test
  void aLateDeleteTakesWhatIsOlderAndLeavesWhatIsNewer() throws Exception {
    load("BENEFICIARY", 2018, false, 18);
    load("BENEFICIARY_HISTORY", 2018, false, 17);
    delivered.put(2020, load("BENEFICIARY", 2020, false, 20));

    allDeleted(19);
    assertThat(differences(Optional.empty(), List.of())).isZero();

    allDeleted(21);
    assertThat(rows()).isZero();
    delivered.clear();
    delivered.put(2022, load("BENEFICIARY", 2022, false, 22));
    assertThat(differences(Optional.empty(), List.of())).isZero();
  }

  /** A DELETE of each person, of another year's file. */
  private void allDeleted(int sequence) throws Exception {
    Path set = folder.resolve("deleted" + sequence);
    new DataSetGenerator(request("BENEFICIARY", 2018, false, sequence)).write(set);
    Path file = csv(set);
    Files.writeString(file, Files.readString(file).replace("\nINSERT|", "\nDELETE|"));
    assertThat(chain.load(set).get(0).state()).isEqualTo("COMPLETED");
  }

  private long rows() throws SQLException {
    long rows = 0;
    for (String table : List.of("beneficiaries", "beneficiary_monthly", "beneficiaries_history")) {
      rows += chain.number("SELECT count(*) FROM ccw." + table + " WHERE " + mine("bene_id"));
    }
    return rows;
  }

  /** Loads a file of its own data set; which of the sets is newer, the sequence says. */
  private Path load(String type, int year, boolean olderLayout, int sequence) throws Exception {
    Path set = folder.resolve(type + year);
    new DataSetGenerator(request(type, year, olderLayout, sequence)).write(set);
    FileStatus file = chain.load(set).get(0);
    assertThat(file.state()).isEqualTo("COMPLETED");
    return csv(set);
  }

  private GenerateRequest request(String type, int year, boolean olderLayout, int sequence) {
    return new GenerateRequest(
        List.of(Entry.parse(Chain.LAYOUTS, type)),
        1,
        0,
        first,
        PERSONS,
        new Years(year, year),
        0,
        olderLayout,
        7,
        instant,
        sequence);
  }

  private static Path csv(Path set) throws IOException {
    try (Stream<Path> files = Files.list(set)) {
      return files.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
    }
  }

  private long differences(Optional<Path> merge, List<Path> former)
      throws SQLException, IOException {
    return new PersonOracle(
            chain.database(),
            Chain.TABLES,
            Chain.LAYOUTS.get("BENEFICIARY"),
            Chain.LAYOUTS.get("BENEFICIARY_HISTORY"))
        .differences(new ArrayList<>(delivered.values()), merge, former);
  }

  private String mine(String key) {
    return String.format(
        "%s BETWEEN %d AND %d",
        key, GenerateRequest.key(first + PERSONS - 1), GenerateRequest.key(first));
  }

  private long waiting() throws SQLException {
    return chain.number(
        "SELECT count(*) FROM riffle.parked WHERE type = 'BENEFICIARY' AND " + mine("key::bigint"));
  }

  /** A number has one hash, another number another one. */
  private long identitiesWithTwoHashes() throws SQLException {
    return identitiesWithTwoHashes("hicn_unhashed", "bene_crnt_hic_num")
        + identitiesWithTwoHashes("mbi_num", "mbi_hash");
  }

  private long identitiesWithTwoHashes(String raw, String hash) throws SQLException {
    return chain.number(
        String.format(
            "SELECT count(*) - count(DISTINCT raw) + count(*) - count(DISTINCT hash)"
                + " + count(*) FILTER (WHERE hash !~ '^[0-9a-f]{64}$') FROM"
                + " (SELECT %1$s AS raw, %2$s AS hash FROM ccw.beneficiaries WHERE %3$s"
                + " UNION SELECT %1$s, %2$s FROM ccw.beneficiaries_history WHERE %3$s) pairs"
                + " WHERE raw IS NOT NULL",
            raw, hash, mine("bene_id")));
  }
}
