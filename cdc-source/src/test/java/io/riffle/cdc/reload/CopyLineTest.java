package io.riffle.cdc.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyLineTest {
  @Test
  void readsWhatCopyWrites() {
    assertThat(split("1\tä\t\\N\t\ta\\tb\\nc\\\\N\\r\\b\\f\\v\n"))
        .isEqualTo(Arrays.asList("1", "ä", null, "", "a\tb\nc\\N\r\b\f\u000B"));
  }

  @Test
  void readsARowOfOneColumn() {
    assertThat(split("\n")).containsExactly("");
    assertThat(split("\\N\n")).containsOnlyNulls().hasSize(1);
  }

  private static List<String> split(String line) {
    return CopyLine.split(line.getBytes(StandardCharsets.UTF_8));
  }
}
