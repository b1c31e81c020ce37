package io.riffle.cdc.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowKeysTest {
  @Test
  void countsEqualRowsAndGivesTheSameKeysAgain() {
    String[] first = keys("a", "a", "b");

    assertThat(first[0]).endsWith("-1");
    assertThat(first[1]).endsWith("-2").startsWith(first[0].substring(0, 32));
    assertThat(first[2]).endsWith("-1").doesNotStartWith(first[0].substring(0, 32));
    assertThat(keys("a", "a", "b")).isEqualTo(first);
    assertThat(keys("a", "b")).containsExactly(first[0], first[2]);
  }

  private static String[] keys(String... rows) {
    RowKeys keys = new RowKeys();
    String[] found = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      found[i] = keys.next(rows[i].getBytes(StandardCharsets.UTF_8));
    }
    return found;
  }
}
