package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.ledger.FileStatus;
import io.riffle.infra.ledger.RejectedRecord;
import io.riffle.infra.load.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bad data sets: a message that names file, line and column, a state in the ledger, and a next data
 * set that loads all the same.
 */
class BadInputIT {

  private static final String FILE = "pde_1.csv";
  private static final int RECORDS = 20;

  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  @Test
  void aMissingFileIsNamedAndTheNextSetLoads() throws Exception {
    Path set = generate();
    Files.delete(set.resolve(FILE));

    FileStatus file = chain.load(set).get(0);

    assertThat(file.state()).isEqualTo("WAITING");
    assertThat(file.detail().orElseThrow()).contains(FILE);
    theNextSetLoads();
  }

  @Test
  void theArrivalOfAMissingFileIsNoticed() throws Exception {
    Path set = generate();
    Path away = folder.resolve(FILE);
    Files.move(set.resolve(FILE), away);
    FileStatus waiting = chain.load(set).get(0);
    assertThat(waiting.state()).isEqualTo("WAITING");

    String key = waiting.manifest().replace("1_manifest.xml", FILE);
    chain.s3().putObject(put -> put.bucket(chain.bucket()).key(key), RequestBody.fromFile(away));

    FileStatus file = awaitLoaded(waiting.manifest());
    assertThat(file.state()).isEqualTo("COMPLETED");
  }

  @Test
  void aWrongChecksumStopsTheFile() throws Exception {
    Path set = generate();
    String prefix = "Incoming/" + timestamp(set) + "/";
    chain
        .s3()
        .putObject(
            put ->
                put.bucket(chain.bucket())
                    .key(prefix + FILE)
                    .metadata(Map.of("md5chksum", "AAAAAAAAAAAAAAAAAAAAAA==")),
            RequestBody.fromFile(set.resolve(FILE)));
    chain
        .s3()
        .putObject(
            put -> put.bucket(chain.bucket()).key(prefix + "1_manifest.xml"),
            RequestBody.fromFile(set.resolve("1_manifest.xml")));

    FileStatus file = chain.await(List.of(prefix + "1_manifest.xml")).get(0);

    assertRejected(file, "CHECKSUM");
    theNextSetLoads();
  }

  @Test
  void anUnknownColumnStopsTheFileAndIsNamed() throws Exception {
    Path set = generate();
    edit(set, lines -> line(lines, 0, header -> header + "|NEW_COLUMN"));

    FileStatus file = chain.load(set).get(0);

    assertRejected(file, "UNKNOWN_COLUMN");
    assertThat(file.detail().orElseThrow()).contains("line 1").contains("NEW_COLUMN");
    theNextSetLoads();
  }

  @Test
  void aTruncatedLastRowIsRejectedAndTheRestLoads() throws Exception {
    Path set = generate();
    edit(set, lines -> line(lines, RECORDS, row -> row.substring(0, row.length() / 2)));

    FileStatus file = chain.load(set).get(0);

    assertOneReject(file, "TOO_FEW_FIELDS", RECORDS + 1, null);
    theNextSetLoads();
  }

  @Test
  void anOverlongValueIsRejectedWithItsColumn() throws Exception {
    Path set = generate();
    edit(set, lines -> line(lines, 7, row -> replaceField(row, 13, "X9999999")));

    FileStatus file = chain.load(set).get(0);

    assertOneReject(file, "TOO_LONG", 8, "PLAN_CNTRCT_REC_ID");
  }

  @Test
  void aBadDateIsRejectedWithItsColumn() throws Exception {
    Path set = generate();
    edit(set, lines -> line(lines, 3, row -> replaceField(row, 5, "31-FEB-2020")));

    FileStatus file = chain.load(set).get(0);

    assertOneReject(file, "NOT_A_DATE", 4, "SRVC_DT");
    assertThat(
            chain.number(
                "SELECT count(*) FROM riffle.rejects_raw w JOIN riffle.rejects r USING (reject_id)"
                    + " JOIN riffle.files f USING (file_id) WHERE f.s3_key LIKE '%"
                    + timestamp(set)
                    + "%' AND position('31-FEB-2020'::bytea IN w.raw) > 0"))
        .as("the record as it came is kept")
        .isEqualTo(1);
  }

  @Test
  void aQuotedFieldOverTwoLinesIsOneRowAndTheFileEnds() throws Exception {
    Path set = generate();
    edit(set, lines -> line(lines, 7, row -> replaceField(row, 12, "\"71187\n59447\"")));

    FileStatus file = chain.load(set).get(0);

    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.totals().orElseThrow().applied()).isEqualTo(RECORDS);
  }

  @Test
  void aFolderWhoseNameIsNoInstantIsRefusedAtOnce() throws Exception {
    Path set = generate();
    Path manifest = set.resolve("1_manifest.xml");
    Files.writeString(
        manifest, Files.readString(manifest).replace(timestamp(set), "2026-13-45T00:00:00Z"));

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> chain.load(set))
        .withMessageContaining("2026-13-45");
  }

  @Test
  void aManifestChangedAfterItsLoadIsNotClean() throws Exception {
    Path set = generate();
    assertThat(chain.load(set).get(0).clean()).isTrue();
    Path manifest = set.resolve("1_manifest.xml");
    Files.writeString(manifest, Files.readString(manifest) + "<!-- changed -->");
    List<String> keys = chain.load().upload(set);

    FileStatus file =
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> chain.await(keys).get(0), changed -> changed.detail().isPresent());

    assertThat(file.state()).isEqualTo("COMPLETED");
    assertThat(file.clean()).isFalse();
  }

  @Test
  void aManifestThatIsNoXmlIsShown() throws Exception {
    String key = "Incoming/" + Chain.nextInstant() + "/1_manifest.xml";
    chain
        .s3()
        .putObject(
            put -> put.bucket(chain.bucket()).key(key), RequestBody.fromString("<dataSetManifest"));

    FileStatus manifest = chain.await(List.of(key)).get(0);

    assertThat(manifest.file()).isEmpty();
    assertRejected(manifest, "MANIFEST_SYNTAX");
    theNextSetLoads();
  }

  private Path generate() throws IOException {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of("PDE"), first, RECORDS)).write(set);
    return set;
  }

  private void theNextSetLoads() throws Exception {
    Path set = generate();
    assertThat(chain.load(set).get(0).state()).isEqualTo("COMPLETED");
    assertThat(chain.differences("PDE", set.resolve(FILE), Optional.empty())).isZero();
  }

  private FileStatus awaitLoaded(String manifest) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> chain.await(List.of(manifest)).get(0), FileStatus::loaded);
  }

  private static void assertRejected(FileStatus file, String reason) {
    assertThat(file.state()).isEqualTo("REJECTED");
    assertThat(file.reason()).hasValue(reason);
    assertThat(file.detail()).isPresent();
  }

  private void assertOneReject(FileStatus file, String reason, long line, String column)
      throws Exception {
    FileStatus.Totals totals = file.totals().orElseThrow();
    assertThat(file.state()).isEqualTo("COMPLETED_WITH_REJECTS");
    assertThat(totals.rejected()).isEqualTo(1);
    assertThat(totals.applied()).isEqualTo(RECORDS - 1);
    assertThat(file.rejects())
        .as("what riffle load and riffle files show")
        .containsExactly(new RejectedRecord(line, Optional.ofNullable(column), reason));
    assertThat(
            chain.text(
                "SELECT concat_ws(' ', r.reason, r.at, r.column_name) FROM riffle.rejects r"
                    + " JOIN riffle.files f USING (file_id)"
                    + " JOIN ccw.s3_manifest_files m ON m.manifest_id = f.manifest_id"
                    + " WHERE m.s3_key = '"
                    + file.manifest()
                    + "'"))
        .isEqualTo(reason + " " + line + (column == null ? "" : " " + column));
  }

  private static String timestamp(Path set) throws IOException {
    return Files.readString(set.resolve("1_manifest.xml"))
        .replaceAll("(?s).*timestamp=\"([^\"]+)\".*", "$1");
  }

  private static void edit(Path set, UnaryOperator<List<String>> change) throws IOException {
    Path file = set.resolve(FILE);
    Files.write(file, change.apply(new ArrayList<>(Files.readAllLines(file))));
  }

  private static List<String> line(List<String> lines, int which, UnaryOperator<String> change) {
    lines.set(which, change.apply(lines.get(which)));
    return lines;
  }

  private static String replaceField(String row, int field, String value) {
    String[] fields = row.split("\\|", -1);
    fields[field] = value;
    return String.join("|", fields);
  }
}
