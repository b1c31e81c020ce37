package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.generate.GenerateRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Why a value is there, by the page: of a record that a full file and a partial one have made. */
@InChromium
class OperatedRecordIT {
  private static final int RECORDS = 10;
  private static final String PATCHED = "carr_clm_cntl_num";
  private static final String VALUES = "show values (is noted)";

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  private final Keys keys = new Keys("clm_id", Chain.claimRecords(RECORDS), RECORDS);
  @TempDir Path folder;

  @Test
  void aRecordTellsWhichFileSetWhichFieldAndItsValuesToAdminsAlone() throws Exception {
    chain.load(request("CARRIER"), folder.resolve("full"));
    chain.load(request("CARRIER_MERGE"), folder.resolve("merge"));
    String key = "" + keys.of(3);
    String value = value(key);
    AtConsole odile = people.operator().key("e");
    assertThat(odile.page().getByLabel(VALUES).count()).as("not for operators").isZero();

    odile.choose("Type", "CARRIER").fill("Key", key).enter().reads("AGREES").isFit("record");

    assertThat(odile.cell("Fields", "carr_num", "File")).isEqualTo("carrier_1.csv");
    assertThat(odile.cell("Fields", PATCHED, "File")).isEqualTo("carrier_merge_1.csv");
    assertThat(odile.cell("Fields", PATCHED, "Value")).isEqualTo("masked");
    assertThat(odile.cell("Fields", PATCHED, "Note")).contains("patch");
    assertThat(odile.cell("Deliveries", "carrier_merge_1.csv", "Outcome")).isEqualTo("APPLIED");
    assertThat(odile.page().content()).doesNotContain(value);
    assertThat(odile.page().url()).as("addresses are kept").doesNotContain(key);
    assertThat(odile.noted("RECORD_LOOKUP", "a record of CARRIER")).isEmpty();
    assertThat(odile.text()).doesNotContain(key);

    AtConsole admin = people.admin().key("e").choose("Type", "CARRIER").fill("Key", key);
    admin
        .tick(VALUES)
        .press("Look up")
        .cell("Fields", PATCHED, "Value", value)
        .isFit("record-values");
    assertThat(admin.noted("SHOW_VALUES", "a record of CARRIER")).isEmpty();
    assertThat(admin.text()).doesNotContain(key).doesNotContain(value);
    assertThat(people.unsent("/record")).isEmpty();
  }

  @Test
  void whatSomebodyChangedByHandAndWhatNobodyKnowsIsSaid() throws Exception {
    chain.load(request("CARRIER"), folder.resolve("full"));
    chain.execute("UPDATE ccw.carrier_claims SET carr_num = 'BYME' WHERE " + keys.some(5, 1));
    AtConsole vera = people.viewer().key("e");

    vera.choose("Type", "CARRIER").fill("Key", "" + keys.of(5)).enter().reads("CHANGED");
    assertThat(vera.cell("Fields", "carr_num", "Standing")).isEqualTo("CHANGED");
    assertThat(vera.cell("Fields", "clm_pmt_amt", "Standing")).isEqualTo("AGREES");
    assertThat(vera.text()).doesNotContain("BYME");

    vera.fill("Key", "123456789012").press("Look up").reads("Nothing is known of it");
    vera.isFit("record-unknown").fill("Key", "a name").press("Look up").told("whole number");
    people.wereRefusedOnce(400);
  }

  private GenerateRequest request(String type) {
    return Chain.request(List.of(type), keys.first(), RECORDS);
  }

  private String value(String key) throws SQLException {
    return chain.text("SELECT " + PATCHED + " FROM ccw.carrier_claims WHERE clm_id = " + key);
  }
}
