package io.riffle.schemas.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.ddl.Tables;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  private static final Path FOLDER = Path.of("..", "docs", "data-dictionary");
  private static final String WRITE = "riffle.dictionary.write";

  private final Layouts layouts = Layouts.load();
  private final Map<String, String> pages = Dictionary.pages(layouts);

  @Test
  void committedPagesSayWhatTheLayoutsSay() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      write();
    }

    assertThat(committed())
        .as(
            "docs/data-dictionary is not what the layouts say; write it anew: "
                + "mvn -pl schemas-avro test -Dtest=DictionaryTest -D%s=true",
            WRITE)
        .isEqualTo(new TreeMap<>(pages));
  }

  @Test
  void everyColumnOfATableIsOnThePageOfItsType() {
    for (Layout layout : layouts.all()) {
      String page = pages.get(layout.type() + ".md");
      Tables.of(layout, "ccw").stream()
          .flatMap(table -> table.columns().stream())
          .forEach(column -> assertThat(page).containsPattern("[`.]" + column.name() + "`"));
    }
  }

  @Test
  void aPageNamesSourceTypeRuleMeaningAndTables() {
    assertThat(pages.get("BENEFICIARY.md"))
        .contains(
            "| `MBI_NUM` | `mbi_hash` | varchar(64) | may be missing | null | Keyed hash of the"
                + " person's Medicare number (MBI) | `beneficiaries`, `beneficiaries_history` | 1 |")
        .contains("`beneficiaries`, `beneficiary_monthly.fips_state_cnty_code` | 1 |");
    assertThat(pages.get("CARRIER.md"))
        .contains("| `DML_IND` | – | – | always | rejects the record | ")
        .contains("| `carrier_claims`, `carrier_claim_lines` | 1 |");
    assertThat(pages.get("BENEFICIARY_HISTORY.md"))
        .contains("| `STATE_CODE` | – | varchar(2) | may be missing | null | ")
        .contains("| `beneficiaries_history` | 1 |");
  }

  private void write() throws IOException {
    Files.createDirectories(FOLDER);
    for (String stale : committed().keySet()) {
      Files.delete(FOLDER.resolve(stale));
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
    }
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> files = Files.list(FOLDER)) {
        for (Path file : files.toList()) {
          texts.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return texts;
  }
}
