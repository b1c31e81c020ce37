package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.generate.DataSetGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ledger by its pages: files that come, one that is read again, one that is no good. */
@InChromium
class OperatedFilesIT {
  private static final String FILE = "pde_1.csv";
  private static final int RECORDS = 30;
  private static final String WHOSE = "Key of a file, or begin of a manifest's";
  private static final String REASON = "Reason (no values)";

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  @TempDir Path set;

  @Test
  void aFileIsLoadedAndReadFromS3OnceMore() throws Exception {
    AtConsole odile = people.operator().key("f");
    generate();
    String manifest = chain.load().upload(set).get(0);
    odile.fill(WHOSE, manifest).enter();
    odile.cell("Files", FILE, "State", "COMPLETED").isFit("files");
    assertThat(odile.cell("Files", FILE, "Applied")).isEqualTo("" + RECORDS);

    odile.follow(FILE).heading("Load 1").fact("Records", "" + RECORDS).isFit("file");
    assertThat(odile.fact("Lines")).isEqualTo("" + (RECORDS + 1));
    people.viewer().openFile(key(manifest)).heading("Load 1").mayOnlyLook();
    odile.press("Reload from S3 …").told("This is the plan; nothing was changed.");
    odile.fact("State", "PLANNED").reads("raw records of the file that have expired");
    assertThat(odile.isFit("reload").fact("Reads")).isEqualTo("the file, from S3");
    assertThat(odile.text()).as("nobody has counted yet").doesNotContain("Records at most");
    assertThat(attempts(manifest)).isEqualTo("1 LOAD 30 30 0 t");
    odile.press("Run it").told("is on its way.").fact("State", "DONE");

    odile.openFile(key(manifest)).heading("Load 2").fact("Duplicate", "" + RECORDS);
    assertThat(odile.fact("Applied")).as("they are there already").isEqualTo("0");
    assertThat(attempts(manifest)).isEqualTo("1 LOAD 30 30 0 t, 2 LOAD 30 0 30 t");
    assertThat(differences()).isZero();
    assertThat(odile.noted("REPLAY_PLAN", key(manifest))).endsWith("REINGEST");
    assertThat(odile.noted("REPLAY_RUN", key(manifest))).isEqualTo("RUNNING");
    assertThat(people.unsent("/files")).isEmpty();
  }

  /** Its header names a column that there is not; the sender corrects it in the end. */
  @Test
  void aBrokenFileIsTriedAgainSkippedAndTakenUpWhenItIsMended() throws Exception {
    generate();
    String good = Files.readString(set.resolve(FILE));
    Files.writeString(set.resolve(FILE), good.replaceFirst("SRVC_DT", "SRVC_DAY"));
    String manifest = chain.load().upload(set).get(0);
    String key = key(manifest);
    AtConsole odile = people.operator().key("f").fill(WHOSE, key).enter();
    odile.cell("Files", FILE, "State", "REJECTED").follow(FILE);
    odile.fact("State", "REJECTED").isFit("file-rejected");
    assertThat(odile.fact("Why")).contains("UNKNOWN_COLUMN", "SRVC_DAY");
    odile.follow("REJECTED").heading("Runbook");
    assertThat(odile.page().url()).endsWith("/runbook#rejected");
    odile.openFile(key);
    AtConsole vera = people.viewer().openFile(key).fact("State", "REJECTED");
    vera.mayOnlyLook();

    String first = changed(key);
    odile.press("Retry").told("Taken up again: 1 file").fact("State", "REJECTED");
    assertThat(changed(key)).as("it was looked at anew").isNotEqualTo(first);
    odile.press("Skip").told("reason is missing").fact("State", "REJECTED");
    people.wereRefusedOnce(400);
    odile.fill(REASON, "ticket 7").press("Skip").told("Skipped: 1 file").fact("State", "SKIPPED");
    assertThat(odile.fact("Why")).isEqualTo("BY_OPERATOR: ticket 7");
    assertThat(ledger(key)).isEqualTo("SKIPPED BY_OPERATOR ticket 7 0");

    Files.writeString(set.resolve(FILE), good);
    chain.load().upload(set);
    assertThat(ledger(key)).as("it is left alone").startsWith("SKIPPED");
    odile.press("Retry").told("Taken up again: 1 file").fact("State", "COMPLETED");

    vera.fact("State", "COMPLETED").fact("Applied", "" + RECORDS);
    assertThat(attempts(manifest))
        .as("one, of the file that was good")
        .isEqualTo("1 LOAD 30 30 0 t");
    assertThat(differences()).isZero();
    assertThat(odile.noted("SKIP", key)).isEqualTo("1 SKIPPED, 0 refused: ticket 7");
    assertThat(odile.noted("RETRY", key)).isEqualTo("1 DISCOVERED, 0 refused");
    odile.openFile(key).fact("State", "COMPLETED");
    assertThat(people.unsent("/files"))
        .as("but to read it from S3 once more")
        .containsExactly("/replays/plan");
  }

  private void generate() throws IOException {
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(set);
  }

  private static String key(String manifest) {
    return manifest.substring(0, manifest.lastIndexOf('/') + 1) + FILE;
  }

  /** Number, cause, records, applied, duplicate, whether it is closed. */
  private String attempts(String manifest) throws SQLException {
    return chain.text(
        "SELECT string_agg(concat_ws(' ', a.attempt, cause, records, applied, duplicate,"
            + " closed_at IS NOT NULL), ', ' ORDER BY a.attempt)"
            + " FROM riffle.file_attempts a JOIN riffle.files USING (file_id) WHERE s3_key = '"
            + key(manifest)
            + "'");
  }

  private String ledger(String key) throws SQLException {
    return chain.text(
        "SELECT concat_ws(' ', state, reason, detail, attempt) FROM riffle.files WHERE s3_key = '"
            + key
            + "'");
  }

  private String changed(String key) throws SQLException {
    return chain.text("SELECT changed_at::text FROM riffle.files WHERE s3_key = '" + key + "'");
  }

  private long differences() throws Exception {
    return chain.differences("PDE", set.resolve(FILE), Optional.empty());
  }
}
