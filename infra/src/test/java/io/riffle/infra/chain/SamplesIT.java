package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.dump.CanonicalDump;
import io.riffle.operations.ledger.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The public sample sets give the tables that the existing loader wrote, in any order of their
 * files, loaded once or three times. Skipped where the samples are not beside the repository.
 */
@EnabledIf("samplesArePresent")
class SamplesIT {

  private static final Path RIF =
      Path.of(System.getProperty("riffle.samples", "../../shared/rif")).toAbsolutePath();

  /** Of the order of files; another one is another test. */
  private static final long SEED = Long.getLong("riffle.samples.seed", 20_240_119);

  private static final int WAVES = 5;

  static boolean samplesArePresent() {
    return Files.isDirectory(RIF.resolve("samples"));
  }

  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  /** The people and claims of a sample, among those that other tests load. */
  private record Keys(String persons, String claims) {
    String of(String table) {
      if (table.startsWith("benefici")) {
        return "bene_id " + persons;
      }
      return (table.equals("partd_events") ? "pde_id " : "clm_id ") + claims;
    }
  }

  private static final Keys SYNTHEA =
      new Keys("IN (-1000006, -1000014, -1000018)", "BETWEEN -999999999 AND -1");
  private static final Keys SAMPLE_A =
      new Keys(
          "= 567834",
          "IN (89, 777777777, 1234567890, 2188888888, 2925555555, 9991831999, 9992223422,"
              + " 333333222222)");

  @Test
  @Tag("full")
  @Tag("merge")
  void syntheticSampleInAnyOrderAndThreeTimesGivesTheExpectedTables() throws Exception {
    assertExpectedThreeTimes("rif-synthea", SYNTHEA, loadInAnyOrder("rif-synthea"));
  }

  @Test
  void sampleAAndItsLaterClaimInAnyOrderAndThreeTimesGiveTheExpectedTables() throws Exception {
    assertExpectedThreeTimes("sample-a", SAMPLE_A, loadInAnyOrder("sample-a"));

    List<FileStatus> later = chain.load(RIF.resolve("samples/sample-a-multiple-lines"));
    assertThat(later).allMatch(FileStatus::clean);
    assertExpectedThreeTimes("sample-a-multiple-lines", SAMPLE_A, List.of(later.get(0).manifest()));
  }

  private void assertExpectedThreeTimes(String set, Keys keys, List<String> manifests)
      throws Exception {
    assertExpected(set, keys);
    loadAgain(manifests);
    loadAgain(manifests);
    assertExpected(set, keys);
  }

  /** One manifest for each file, as real sets have them, in waves: each ends before the next. */
  private List<String> loadInAnyOrder(String set) throws Exception {
    List<Path> manifests = split(set);
    Collections.shuffle(manifests, new Random(SEED));
    List<String> loaded = new ArrayList<>();
    for (int wave = 0; wave < WAVES; wave++) {
      int from = wave * manifests.size() / WAVES;
      int to = (wave + 1) * manifests.size() / WAVES;
      loaded.addAll(loadWave(manifests.subList(from, to)));
    }
    return loaded;
  }

  private List<String> loadWave(List<Path> folders) throws Exception {
    List<String> keys = new ArrayList<>();
    for (Path one : folders) {
      keys.addAll(chain.load().upload(one));
    }
    assertThat(chain.await(keys)).as("seed " + SEED).allMatch(FileStatus::clean);
    return keys;
  }

  /** A folder for each entry of the set's manifest, numbered as the entries are. */
  private List<Path> split(String set) throws IOException {
    Path from = RIF.resolve("samples").resolve(set);
    List<String> lines = Files.readAllLines(from.resolve("1_manifest.xml"));
    List<String> entries = lines.stream().filter(line -> line.contains("<entry ")).toList();
    String head =
        lines.stream().takeWhile(line -> !line.contains("<entry ")).collect(Collectors.joining());
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      String name = entry.replaceAll(".* name=\"([^\"]*)\".*", "$1");
      Path one = Files.createDirectories(folder.resolve(set + i));
      Files.copy(from.resolve(name), one.resolve(name));
      String sequence = "sequenceId=\"" + (i + 1) + "\"";
      Files.writeString(
          one.resolve((i + 1) + "_manifest.xml"),
          head.replaceAll("sequenceId=\"\\d+\"", sequence) + entry + "</dataSetManifest>");
      folders.add(one);
    }
    return folders;
  }

  /** Every file as a new attempt: the same records are delivered once more. */
  private void loadAgain(List<String> manifests) throws Exception {
    String keys = manifests.stream().map(key -> "'" + key + "'").collect(Collectors.joining(","));
    chain.number(
        "SELECT count(riffle.change_file_state(file_id, 'DISCOVERED')) FROM riffle.files f"
            + " JOIN ccw.s3_manifest_files m USING (manifest_id) WHERE m.s3_key IN ("
            + keys
            + ")");
    List<FileStatus> again = chain.await(manifests);
    assertThat(again)
        .allMatch(FileStatus::clean)
        .allSatisfy(
            file -> {
              FileStatus.Totals totals = file.totals().orElseThrow();
              assertThat(totals.duplicate()).isEqualTo(totals.records());
              assertThat(totals.repeatedKeys()).isZero();
            });
  }

  private void assertExpected(String set, Keys keys) throws IOException, SQLException {
    try (Stream<Path> tables = Files.list(RIF.resolve("expected").resolve(set))) {
      for (Path expected : tables.sorted().toList()) {
        String table = expected.getFileName().toString().replace(".csv", "");
        assertThat(dumped(table, keys.of(table)))
            .as(set + " " + table + ", seed " + SEED)
            .isEqualTo(Files.readString(expected));
      }
    }
  }

  private String dumped(String table, String which) throws IOException, SQLException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    new CanonicalDump(chain.database(), Chain.TABLES).copy(table, which, csv);
    return csv.toString(StandardCharsets.UTF_8);
  }
}
