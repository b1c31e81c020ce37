package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code riffle files skip} and {@code retry} say. */
class OrderedReportTest {

  private static String text(FileOrder order, boolean dryRun, Ordered.Each... files) {
    return new OrderedReport(new Ordered(List.of(files)), order, "t/", dryRun).text();
  }

  private static Ordered.Each each(String key, String was, String refusal) {
    return new Ordered.Each(key, was, Optional.ofNullable(refusal));
  }

  @Test
  void namesWhatWasDoneAndGroupsWhatWasNot() {
    assertThat(
            text(
                FileOrder.SKIP,
                false,
                each("t/a", "WAITING", null),
                each("t/b", "LOADING", "it is LOADING"),
                each("t/c", "LOADING", "it is LOADING")))
        .isEqualTo("1 now SKIPPED\n  t/a\n2 not, it is LOADING\n  t/b\n  t/c");
    assertThat(text(FileOrder.RETRY, true, each("t/a", "REJECTED", null)))
        .isEqualTo("1 would be DISCOVERED\n  t/a");
  }

  @Test
  void namesAFewOfMany() {
    List<Ordered.Each> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add(each("t/" + i, "WAITING", null));
    }
    assertThat(text(FileOrder.SKIP, false, many.toArray(Ordered.Each[]::new)))
        .startsWith("12 now SKIPPED\n  t/0\n")
        .endsWith("t/9\n  and 2 more");
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(text(FileOrder.SKIP, false)).contains("no file, manifest or data set t/");
  }
}
