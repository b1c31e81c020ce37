package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.load.DataSetUpload;
import io.riffle.operations.load.LoadException;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good data sets through the whole chain: same files in, same rows out, totals that add up. */
class DataSetsIT {

  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  @Test
  void claimsEventsAndTheirBackfillsArriveAsTheFilesSay() throws Exception {
    List<String> types =
        Chain.LAYOUTS.all().stream()
            .filter(layout -> layout.lines() != Lines.YEARS && layout.joins().isEmpty())
            .map(Layout::type)
            .toList();
    List<String> merges = types.stream().map(type -> type + "_MERGE").toList();
    long first = Chain.claimRecords(200);

    List<FileStatus> claims = chain.load(Chain.request(types, first, 200), folder.resolve("full"));
    List<FileStatus> backfill =
        chain.load(Chain.request(merges, first, 200), folder.resolve("merge"));

    assertThat(claims).hasSize(8).allSatisfy(DataSetsIT::allApplied);
    assertThat(backfill).hasSize(8).allSatisfy(DataSetsIT::allApplied);
    for (String type : types) {
      String name = type.toLowerCase(Locale.ROOT);
      Path full = folder.resolve("full/" + name + "_1.csv");
      Path merge = folder.resolve("merge/" + name + "_merge_1.csv");
      assertThat(chain.differences(type, full, Optional.of(merge))).as(type).isZero();
    }
  }

  @Test
  void backfillBeforeItsClaimsWaitsAndThenFillsThem() throws Exception {
    long first = Chain.claimRecords(50);
    GenerateRequest claims = Chain.request(List.of("CARRIER"), first, 50);
    GenerateRequest backfill = Chain.request(List.of("CARRIER_MERGE"), first, 50);

    FileStatus parked = chain.load(backfill, folder.resolve("merge")).get(0);
    assertThat(parked.state()).isEqualTo("COMPLETED");
    assertThat(parked.totals().orElseThrow().parked()).isEqualTo(50);
    assertThat(parkedKeys(first, 50)).isEqualTo(50);

    FileStatus applied = chain.load(claims, folder.resolve("full")).get(0);
    allApplied(applied);
    assertThat(parkedKeys(first, 50)).isZero();
    assertThat(
            chain.differences(
                "CARRIER",
                folder.resolve("full/carrier_1.csv"),
                Optional.of(folder.resolve("merge/carrier_merge_1.csv"))))
        .isZero();
  }

  @Test
  void anOlderSetThatArrivesLaterChangesNothing() throws Exception {
    long first = Chain.claimRecords(60);
    GenerateRequest older = Chain.request(List.of("PDE"), first, 60);
    GenerateRequest template = Chain.request(List.of("PDE"), first, 60);
    GenerateRequest newer =
        new GenerateRequest(
            template.entries(), first, 60, 6, 0, false, 99, template.timestamp(), 1);

    allApplied(chain.load(newer, folder.resolve("newer")).get(0));
    FileStatus late = chain.load(older, folder.resolve("older")).get(0);

    assertThat(late.state()).isEqualTo("COMPLETED");
    assertThat(late.totals().orElseThrow().older()).isEqualTo(60);
    assertThat(chain.differences("PDE", folder.resolve("newer/pde_1.csv"), Optional.empty()))
        .isZero();
  }

  @Test
  void aCompressedFileLoadsLikeAPlainOne() throws Exception {
    long first = Chain.claimRecords(400);
    Path plain = folder.resolve("plain");
    Path compressed = Files.createDirectories(folder.resolve("compressed"));
    new DataSetGenerator(Chain.request(List.of("CARRIER"), first, 400)).write(plain);
    gzip(plain.resolve("carrier_1.csv"), compressed.resolve("carrier_1.csv.gz"));
    Files.writeString(
        compressed.resolve("1_manifest.xml"),
        Files.readString(plain.resolve("1_manifest.xml"))
            .replace("carrier_1.csv", "carrier_1.csv.gz"));

    allApplied(chain.load(compressed).get(0));

    assertThat(chain.differences("CARRIER", plain.resolve("carrier_1.csv"), Optional.empty()))
        .isZero();
  }

  @Test
  void loadingTheSameFolderAgainDoesNothing() throws Exception {
    long first = Chain.claimRecords(20);
    Path set = folder.resolve("set");
    List<FileStatus> once = chain.load(Chain.request(List.of("PDE"), first, 20), set);
    List<FileStatus> twice = chain.load(set);

    assertThat(twice.get(0).totals().orElseThrow().attempt()).isEqualTo(1);
    assertThat(twice).isEqualTo(once);
  }

  @Test
  @Tag("full")
  @Tag("stack")
  void aSetThatTheLedgerHasAsTooOldIsLoadedAndWaitedFor() throws Exception {
    Path set = folder.resolve("set");
    new DataSetGenerator(old(Chain.request(List.of("PDE"), Chain.claimRecords(20), 20))).write(set);
    new DataSetUpload(chain.s3(), chain.bucket()).upload(set);
    String state =
        "SELECT count(*) FROM riffle.files JOIN riffle.manifests USING (manifest_id)"
            + " WHERE riffle.files.state = 'TOO_OLD'";
    await().atMost(Duration.ofMinutes(1)).until(() -> chain.number(state) == 1);

    List<String> manifests = new DataSetUpload(chain.s3(), chain.bucket()).manifestKeys(set);
    List<FileStatus> files = chain.await(chain.load().find(manifests.get(0)));

    allApplied(files.get(0));
  }

  /** Its rejects could not be redriven any more, and what was loaded would be nowhere. */
  @Test
  void aLoadedFileIsNotWrittenOver() throws Exception {
    Path set = folder.resolve("set");
    List<FileStatus> loaded =
        chain.load(Chain.request(List.of("PDE"), Chain.claimRecords(20), 20), set);
    Path file = set.resolve(loaded.get(0).file().orElseThrow());
    String content = Files.readString(file);
    Files.writeString(file, content + content.lines().skip(20).findFirst().orElseThrow() + "\n");

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> chain.load(set))
        .withMessageContainingAll("pde_1.csv", "nothing was uploaded");

    Files.writeString(file, content);
    assertThat(chain.load(set)).as("and it is there as it was").isEqualTo(loaded);
  }

  @Test
  void aFolderWhoseNameIsNoInstantIsRefusedAtOnce() throws Exception {
    Path set = folder.resolve("set");
    GenerateRequest request = Chain.request(List.of("PDE"), Chain.claimRecords(2), 2);
    new DataSetGenerator(request).write(set);
    Path manifest = set.resolve("1_manifest.xml");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(request.timestamp().toString(), "2026-13-45T00:00:00Z"));

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> chain.load(set))
        .withMessageContaining("2026-13-45");
  }

  @Test
  void readersThatAskWhatChangedFindFileAndBatches() throws Exception {
    long first = Chain.claimRecords(30);
    FileStatus file =
        chain.load(Chain.request(List.of("PDE"), first, 30), folder.resolve("set")).get(0);

    String loaded =
        " FROM ccw.loaded_files l JOIN riffle.file_attempts a USING (loaded_file_id)"
            + " JOIN riffle.files f USING (file_id) JOIN ccw.s3_manifest_files m"
            + " ON m.manifest_id = f.manifest_id WHERE m.s3_key = '"
            + file.manifest()
            + "'";
    assertThat(chain.number("SELECT count(*)" + loaded)).isEqualTo(1);
    assertThat(
            chain.number(
                "SELECT count(*) FROM ccw.loaded_batches b WHERE b.loaded_file_id ="
                    + " (SELECT loaded_file_id"
                    + loaded
                    + ") AND EXISTS (SELECT FROM ccw.partd_events p"
                    + " WHERE p.last_updated = b.created)"))
        .isPositive();
  }

  private static GenerateRequest old(GenerateRequest request) {
    return new GenerateRequest(
        request.entries(),
        request.first(),
        request.records(),
        request.firstPerson(),
        request.persons(),
        request.years(),
        request.lines(),
        request.olderLayout(),
        request.seed(),
        request.timestamp().minus(Duration.ofDays(90)),
        request.sequence());
  }

  private static void allApplied(FileStatus file) {
    FileStatus.Totals totals = file.totals().orElseThrow();
    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(totals.applied()).isEqualTo(totals.records());
    assertThat(totals.repeatedKeys()).isZero();
  }

  private long parkedKeys(long first, long records) throws SQLException {
    return chain.number(
        String.format(
            "SELECT count(*) FROM riffle.parked WHERE type = 'CARRIER'"
                + " AND key::bigint BETWEEN %d AND %d",
            GenerateRequest.key(first + records - 1), GenerateRequest.key(first)));
  }

  private static void gzip(Path from, Path to) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
      Files.copy(from, out);
    }
  }
}
