package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.dump.CanonicalDump;
import io.riffle.infra.dump.DumpedTable;
import io.riffle.infra.dump.TablesOfRecord;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.Years;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type of the layouts rebuilt: its tables are again what they were before they were hurt. */
@Tag("full")
@Tag("stack")
class RebuiltTypesIT {
  private static final int RECORDS = 60;
  private static final int PERSONS = 20;

  private final Chain chain = Chain.shared();
  private final Path folder;
  private final Replays replays;

  RebuiltTypesIT(@TempDir Path folder) {
    this.folder = folder;
    this.replays = new Replays(folder);
  }

  @Test
  void allTypesOneAfterTheOther() throws Exception {
    load();
    List<DumpedTable> before = dump("before");
    assertThat(before).extracting(DumpedTable::rows).allMatch(rows -> rows > 0);

    for (Layout layout : tables()) {
      hurt(layout);
    }
    assertThat(dump("hurt")).isNotEqualTo(before);
    for (Layout layout : tables()) {
      JsonNode done = replays.replay("--table", layout.headerTable(), "--mode", "rebuild");
      assertThat(Replays.state(done)).as(layout.type()).isEqualTo("DONE");
    }

    assertThat(dump("after")).isEqualTo(before);
  }

  private void load() throws Exception {
    List<String> claims =
        tables().stream()
            .filter(layout -> layout.lines() != Lines.YEARS)
            .map(Layout::type)
            .toList();
    long first = Chain.claimRecords(RECORDS);
    load(Chain.request(claims, first, RECORDS), "claims");
    load(Chain.request(claims.stream().map(t -> t + "_MERGE").toList(), first, RECORDS), "merges");
    load(persons(List.of("BENEFICIARY", "BENEFICIARY_HISTORY")), "persons");
  }

  private void load(GenerateRequest request, String name) throws Exception {
    assertThat(chain.load(request, folder.resolve(name)))
        .allMatch(file -> file.state().equals("COMPLETED"));
  }

  private static GenerateRequest persons(List<String> types) {
    return new GenerateRequest(
        types.stream().map(type -> Entry.parse(Chain.LAYOUTS, type)).toList(),
        1,
        0,
        Chain.persons(PERSONS),
        PERSONS,
        new Years(2019, 2021),
        0,
        false,
        7,
        Chain.nextInstant(),
        1);
  }

  /** Every third row is gone, and another third was changed by hand. */
  private void hurt(Layout layout) throws Exception {
    String table = Chain.TABLES + "." + layout.headerTable();
    String key = layout.key().sqlName();
    replays.execute("DELETE FROM %s WHERE %s %% 3 = 0".formatted(table, key));
    replays.execute(
        "UPDATE %s SET riffle_offset = riffle_offset + 7 WHERE %s %% 3 = -1".formatted(table, key));
  }

  private static List<Layout> tables() {
    return Chain.LAYOUTS.all().stream().filter(layout -> layout.joins().isEmpty()).toList();
  }

  private List<DumpedTable> dump(String name) throws Exception {
    return new CanonicalDump(chain.database(), Chain.TABLES)
        .write(TablesOfRecord.of(Chain.LAYOUTS), folder.resolve(name));
  }
}
