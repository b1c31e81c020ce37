package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of people and their hashes are those that the trusted loader made of the same files. */
class PersonSamplesTest {

  private static final Path DATA =
      Path.of(System.getProperty("riffle.samples", "../../shared/rif"));

  private static final List<String> IDENTITY =
      List.of("bene_id", "bene_crnt_hic_num", "hicn_unhashed", "mbi_num", "mbi_hash");

  @ParameterizedTest
  @CsvSource({
    "rif-synthea, BENEFICIARY, beneficiaries",
    "rif-synthea, BENEFICIARY_HISTORY, beneficiaries_history",
    "sample-a, BENEFICIARY, beneficiaries",
    "sample-a, BENEFICIARY_HISTORY, beneficiaries_history"
  })
  void hashesAsTheTrustedLoaderDoes(String set, String type, String table) throws IOException {
    assumeTrue(Files.exists(DATA.resolve("samples/file_counts.csv")), "samples are not here");
    Set<List<String>> read = new HashSet<>();
    for (Path file : files(set, type)) {
      identities(file, type, read);
    }
    Set<List<String>> expected = expected(set, table);
    assertThat(expected).isNotEmpty();
    assertThat(read).containsAll(expected);
  }

  private static List<Path> files(String set, String type) throws IOException {
    return Files.readAllLines(DATA.resolve("samples/file_counts.csv")).stream()
        .map(line -> List.of(line.split(",", -1)))
        .filter(sample -> sample.get(0).equals(set) && sample.get(2).equals(type))
        .map(sample -> DATA.resolve("samples").resolve(set).resolve(sample.get(1)))
        .toList();
  }

  private static void identities(Path file, String type, Set<List<String>> into)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    TestFile rif = new TestFile(TestFile.LAYOUTS.get(type), false, bytes, ReadLimits.DEFAULT);
    for (Outcome outcome : rif.read().all) {
      assertThat(outcome).as(file.toString()).isInstanceOf(Outcome.Accepted.class);
      into.add(identity(((Outcome.Accepted) outcome).record()));
    }
  }

  private static List<String> identity(GenericRecord record) {
    return IDENTITY.stream()
        .map(column -> record.get(column) == null ? "" : record.get(column).toString())
        .toList();
  }

  private static Set<List<String>> expected(String set, String table) {
    Set<List<String>> rows = new HashSet<>();
    Path csv = DATA.resolve("expected").resolve(set).resolve(table + ".csv");
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv);
        Stream<NamedCsvRecord> records = reader.stream()) {
      records.forEach(row -> rows.add(IDENTITY.stream().map(row::getField).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
