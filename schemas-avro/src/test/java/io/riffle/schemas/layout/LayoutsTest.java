package io.riffle.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LayoutsTest {

  private final Layouts layouts = Layouts.load();

  @Test
  void carrierHasHeaderAndLineColumnsInHeaderOrder() {
    Layout carrier = layouts.get("CARRIER");

    assertThat(carrier.columns()).hasSize(100);
    assertThat(carrier.headerColumns()).hasSize(54);
    assertThat(carrier.lineColumns()).hasSize(45);
    assertThat(carrier.key().name()).isEqualTo("CLM_ID");
    assertThat(carrier.lineKey()).map(Column::name).hasValue("LINE_NUM");
    assertThat(carrier.person()).map(Column::name).hasValue("BENE_ID");
  }

  @Test
  void pdeHasNoLines() {
    Layout pde = layouts.get("PDE");

    assertThat(pde.columns()).hasSize(41);
    assertThat(pde.hasLines()).isFalse();
    assertThat(pde.lineColumns()).isEmpty();
  }

  @Test
  void everyColumnHasAMeaning() {
    for (Layout layout : layouts.all()) {
      assertThat(layout.columns())
          .allSatisfy(c -> assertThat(c.description()).hasSizeGreaterThan(9));
    }
  }

  @Test
  void namesAnUnknownKeyInALayoutFile() {
    String yaml =
        "type: X\ntables: {header: x}\ncolumns:\n  - {name: A, kind: long, nullable: true}\n";

    assertThatThrownBy(
            () -> Layouts.parse(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))
        .hasMessage("A: unknown nullable");
  }
}
