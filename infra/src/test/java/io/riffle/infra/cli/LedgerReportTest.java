package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.ledger.UnlistedObject;
import io.riffle.operations.ledger.UnlistedObjects;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerReportTest {

  private static final Instant CAME = Instant.parse("2024-01-19T16:16:38Z");
  private static final Instant NOTICED = Instant.parse("2024-01-19T17:16:40Z");

  @Test
  void saysNothingWhereAllIsListed() {
    LedgerReport report = report(0, List.of());

    assertThat(report.table()).startsWith("MANIFEST").doesNotContain("\n");
    assertThat(report.json()).isEqualTo("{\"files\":[],\"unlistedCount\":0,\"unlisted\":[]}");
  }

  @Test
  void namesTheFirstBelowTheFiles() {
    List<UnlistedObject> objects =
        IntStream.range(0, 12).mapToObj(i -> object("Incoming/t/" + i + ".csv")).toList();

    assertThat(report(1, objects.subList(0, 1)).table())
        .endsWith(
            "\n\n1 object that no manifest lists, so nothing loads it (docs/contracts.md):"
                + "\nIncoming/t/0.csv, 7 bytes, of 2024-01-19T16:16:38Z");
    assertThat(report(100_000, objects).table())
        .contains("\n100000 objects that no manifest lists")
        .contains("Incoming/t/9.csv")
        .doesNotContain("Incoming/t/10.csv")
        .endsWith("\nand 99990 more");
  }

  /** A name could move the cursor, or begin a line of its own. */
  @Test
  void aNameStaysOnItsLine() {
    String hostile = "Incoming/t/a\n\u001b[2J\u009b\u202e\u2028b.csv";

    assertThat(report(1, List.of(object(hostile))).table())
        .contains("\nIncoming/t/a??[2J???b.csv, 7 bytes");
    assertThat(report(1, List.of(object(hostile))).json()).contains("a\\n\\u001B[2J");
  }

  @Test
  void jsonHasThemAsAList() {
    assertThat(report(3, List.of(object("k"))).json())
        .isEqualTo(
            "{\"files\":[],\"unlistedCount\":3,\"unlisted\":[{\"key\":\"k\",\"bytes\":7,"
                + "\"lastModified\":\"2024-01-19T16:16:38Z\","
                + "\"noticedAt\":\"2024-01-19T17:16:40Z\"}]}");
  }

  private static UnlistedObject object(String key) {
    return new UnlistedObject(key, 7, CAME, NOTICED);
  }

  private static LedgerReport report(long count, List<UnlistedObject> first) {
    return new LedgerReport(new FileReport(List.of()), new UnlistedObjects(count, first));
  }
}
