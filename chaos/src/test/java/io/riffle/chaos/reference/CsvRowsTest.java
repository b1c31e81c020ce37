package io.riffle.chaos.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** The CSV of Postgres. */
class CsvRowsTest {

  @Test
  void nullAndEmptyQuotesAndLineEnds() throws Exception {
    CsvRows csv = new CsvRows(new StringReader("a,b\n,\"\"\n\"x,\"\"y\"\"\nz\",\" \"\nlast,"));

    assertThat(csv.next()).containsExactly("a", "b");
    assertThat(csv.next()).containsExactly(null, "");
    assertThat(csv.next()).containsExactly("x,\"y\"\nz", " ");
    assertThat(csv.next()).containsExactly("last", null);
    assertThat(csv.next()).isNull();
  }
}
