package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.generate.DataSetGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rejects by their pages. Of a file the producer has rejected two records, which stay bad, and the
 * database four, which it takes when it is healed.
 */
@InChromium
class OperatedRejectsIT {
  private static final String FILE = "pde_1.csv";
  private static final String BAD = "31-FEB-2020";
  private static final int RECORDS = 30;
  private static final String CAUSES = "By cause";
  private static final String EACH = "One by one, newest first";
  private static final String KNOWN = "What is known of it";
  private static final String REASON = "Reason (no values)";

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  private final Keys keys = new Keys("pde_id", Chain.claimRecords(RECORDS), RECORDS);
  private String key;
  @TempDir Path set;

  @BeforeEach
  void load() throws Exception {
    new DataSetGenerator(Chain.request(List.of("PDE"), keys.first(), RECORDS)).write(set);
    breakDates(4, 8);
    chain.execute(
        "ALTER TABLE ccw.partd_events ADD CONSTRAINT operators_rule CHECK (pde_id NOT IN"
            + " (%d, %d, %d, %d)) NOT VALID"
                .formatted(keys.of(3), keys.of(12), keys.of(20), keys.of(21)));
    key = chain.load(set).get(0).key();
  }

  /** The operator's rule is gone, whatever came of the test. */
  @AfterEach
  void heal() throws SQLException {
    chain.execute("ALTER TABLE ccw.partd_events DROP CONSTRAINT IF EXISTS operators_rule");
  }

  @Test
  void rejectsAreLookedAtRedrivenAndGivenUp() throws Exception {
    List<String> bad = ids("NOT_A_DATE");
    List<String> refused = ids("CHECK_VIOLATION");
    AtConsole odile = people.operator().openFile(key).fact("State", "COMPLETED_WITH_REJECTS");
    odile.isFit("file-with-rejects").follow("All rejects of the file");
    odile
        .cell(CAUSES, "NOT_A_DATE", "Rejects", "2")
        .cell(CAUSES, "CHECK_VIOLATION", "Rejects", "4");
    odile.isFit("rejects");
    assertThat(odile.text()).doesNotContain(BAD).doesNotContain("" + keys.of(3));
    AtConsole vera = people.viewer().open(rejects("ALL")).reads("CHECK_VIOLATION");
    vera.mayOnlyLook();

    valuesAreForAdmins(bad.get(0));
    heal();
    oneIsRedriven(odile, refused.get(0));
    someAreRedriven(odile, refused.get(1));
    allOfALineAreRedriven(odile);
    someAreGivenUp(odile, bad.get(0));
    whatIsStillBadIsRejectedAgainAndGivenUp(odile, bad.get(1));

    assertThat(odile.openFile(key).fact("Redriven")).isEqualTo("4");
    assertThat(odile.fact("Rejected")).isEqualTo("6");
    assertThat(rows()).as("all but those that were given up").isEqualTo(RECORDS - 2);
    assertThat(people.unsent("/rejects")).isEmpty();
    vera.open(rejects("ALL")).cell(CAUSES, "CHECK_VIOLATION", "Status", "REDRIVEN");
  }

  private void valuesAreForAdmins(String reject) {
    AtConsole odile = people.operator().follow(reject).heading("Reject " + reject);
    assertThat(odile.text()).contains("Masked", "SRVC_DT").doesNotContain(BAD);
    assertThat(odile.text()).doesNotContain("Show values");
    AtConsole admin = people.admin().open("/rejects/" + reject).heading("The record");
    assertThat(admin.isFit("reject").page().content()).doesNotContain(BAD);

    admin.press("Show values (is noted)").heading("Record of reject " + reject);

    assertThat(admin.isFit("values").text()).contains(BAD, "" + keys.of(4));
    assertThat(admin.noted("SHOW_VALUES", "reject " + reject)).isEmpty();
    assertThat(admin.page().content()).doesNotContain(BAD);
  }

  private void oneIsRedriven(AtConsole odile, String reject) throws SQLException {
    odile.open("/rejects/" + reject).press("Redrive").told("Redrive requested for 1 reject");

    odile.open("/rejects/" + reject).cell(KNOWN, "status", "Value", "REDRIVEN");
    assertThat(status(reject)).isEqualTo("REDRIVEN odile");
    assertThat(rows()).isEqualTo(RECORDS - 5);
    assertThat(odile.noted("REDRIVE", "[" + reject + "]")).isEqualTo("1 REDRIVING, 0 refused");
  }

  private void someAreRedriven(AtConsole odile, String reject) throws SQLException {
    odile.open(rejects("OPEN")).tick("select reject " + reject).press("Redrive selected");
    odile.told("Redrive requested for 1 reject");

    awaitStatus(reject, "REDRIVEN odile");
    odile.open(rejects("ALL")).cell(EACH, reject, "Status", "REDRIVEN");
    assertThat(rows()).isEqualTo(RECORDS - 4);
  }

  private void allOfALineAreRedriven(AtConsole odile) throws SQLException {
    odile.open("/rejects").choose("Status", "OPEN").fill("File, or begin of a manifest's key", key);
    odile.enter().cell(CAUSES, "CHECK_VIOLATION", "Rejects", "2");
    odile.asked();
    odile.pressIn(CAUSES, "CHECK_VIOLATION", "Redrive all");
    odile.told("Redrive requested for 2 rejects");
    assertThat(odile.asked())
        .containsExactly(
            "Redrive all open rejects of PDE because of CHECK_VIOLATION in " + key + "?");

    odile.open(rejects("ALL")).cell(CAUSES, "REDRIVEN", "Rejects", "4");
    assertThat(rows()).isEqualTo(RECORDS - 2);
  }

  private void someAreGivenUp(AtConsole odile, String reject) throws SQLException {
    odile.open(rejects("OPEN")).tick("select reject " + reject).press("Discard selected");
    odile.told("reason is missing");
    people.wereRefusedOnce(400);
    assertThat(odile.field("select reject " + reject).isChecked()).as("as it was").isTrue();

    odile.fill(REASON, "ticket 8").press("Discard selected").told("Given up: 1 reject");

    assertThat(odile.asked()).allMatch(text -> text.contains("Nothing takes them up again"));
    assertThat(status(reject)).isEqualTo("DISCARDED odile ticket 8");
    assertThat(odile.noted("DISCARD", "[" + reject + "]")).isEqualTo("1 DISCARDED, 0 refused");
  }

  private void whatIsStillBadIsRejectedAgainAndGivenUp(AtConsole odile, String reject)
      throws SQLException {
    odile.open("/rejects/" + reject).press("Redrive").told("Redrive requested for 1 reject");
    awaitStatus(reject, "SUPERSEDED odile");
    odile.open(rejects("ALL")).cell(EACH, reject, "Status", "SUPERSEDED");
    odile.open(rejects("OPEN")).cell(CAUSES, "NOT_A_DATE", "Rejects", "1");
    String again = ids("NOT_A_DATE").get(2);
    odile.follow(again).fill(REASON, "ticket 9").press("Discard").told("Given up: 1 reject");

    odile.open("/rejects/" + again).cell(KNOWN, "status", "Value", "DISCARDED").isFit("given-up");
    assertThat(status(again)).isEqualTo("DISCARDED odile ticket 9");
  }

  private String rejects(String status) {
    return "/rejects?status=" + status + "&file=" + key;
  }

  /** Of the file, in the order of their numbers. */
  private List<String> ids(String cause) throws SQLException {
    return List.of(
        chain
            .text(
                "SELECT string_agg(reject_id::text, ',' ORDER BY reject_id) FROM riffle.rejects"
                    + " JOIN riffle.files USING (file_id) WHERE s3_key = '%s' AND rejects.reason = '%s'"
                        .formatted(key, cause))
            .split(",", -1));
  }

  private void awaitStatus(String reject, String status) {
    await("reject " + reject)
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(status(reject)).isEqualTo(status));
  }

  private String status(String reject) throws SQLException {
    return chain.text(
        "SELECT concat_ws(' ', status, status_by, status_note) FROM riffle.rejects"
            + " WHERE reject_id = "
            + reject);
  }

  private long rows() throws SQLException {
    return chain.number("SELECT count(*) FROM ccw.partd_events WHERE " + keys.all());
  }

  private void breakDates(int... records) throws IOException {
    Path file = set.resolve(FILE);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int at = Arrays.asList(lines.get(0).split("\\|", -1)).indexOf("SRVC_DT");
    for (int record : records) {
      String[] fields = lines.get(record).split("\\|", -1);
      fields[at] = BAD;
      lines.set(record, String.join("|", fields));
    }
    Files.write(file, lines);
  }
}
