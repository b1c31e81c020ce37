package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TableNameTest {
  @Test
  void takesNamesAsPostgresHasThem() {
    assertThat(TableName.parse("app.Odd-Name").quoted()).isEqualTo("\"app\".\"Odd-Name\"");
    assertThatThrownBy(() -> TableName.parse("table")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isOneTableOnlyInListsOfDebezium() {
    String pattern = new TableName("app", "a$b, c.d").pattern();

    assertThat("app.a$b, c.d").matches(Pattern.compile(pattern));
    assertThat("appxa$b, c.d").doesNotMatch(Pattern.compile(pattern));
  }
}
