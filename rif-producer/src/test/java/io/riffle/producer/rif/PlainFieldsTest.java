package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@link PlainFields} writes is what {@link FieldEncoder} writes, byte by byte. */
class PlainFieldsTest {

  private static final int TEXTS = 20_000;
  private static final String LETTERS = "0000123456789..-+ aZ~";
  private static final int ROOM = 64;

  /** Bytes around a field that are enough to read whole words. */
  private static final int MARGIN = 16;

  private final Random random = new Random(4);
  private final AvroBuffer plain = new AvroBuffer(4 * ROOM);
  private final AvroBuffer careful = new AvroBuffer(4 * ROOM);
  private final PlainFields plainFields = new PlainFields(plain);
  private final FieldEncoder fields = new FieldEncoder(careful, TestFile.hashes());

  @Test
  void writesWhatTheCarefulWayWrites() {
    for (Layout layout : TestFile.LAYOUTS.all()) {
      for (PlannedColumn column : columns(layout)) {
        for (int i = 0; i < TEXTS / layout.columns().size(); i++) {
          compare(column, text(), random.nextInt(MARGIN));
        }
      }
    }
  }

  @Test
  void takesWhatIsCommon() {
    PlannedColumn amount = column("CLM_PMT_AMT");
    for (String text : List.of("0", "12.5", "-3.20", "99999.99", ".5", "5.", "00.10", "12345678")) {
      assertThat(compare(amount, text, MARGIN)).as(text).isTrue();
    }
    for (String text : List.of("", "-", ".", "1.234", "1.2.3", "+1", "123456.78", "1 2", "--1")) {
      assertThat(compare(amount, text, MARGIN)).as(text).isFalse();
    }
  }

  private static List<PlannedColumn> columns(Layout layout) {
    return layout.columns().stream()
        .filter(column -> FieldForm.of(column) != FieldForm.ACTION)
        .map(column -> new PlannedColumn(column, 0, false))
        .toList();
  }

  private static PlannedColumn column(String name) {
    Column found = TestFile.LAYOUTS.get("CARRIER").byName().get(name);
    return new PlannedColumn(found, 0, false);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextBoolean() ? 9 : 20);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(random.nextBoolean() ? 15 : LETTERS.length())));
    }
    return text.toString();
  }

  /** Whether the text was plain. */
  private boolean compare(PlannedColumn column, String text, int margin) {
    String around = "7".repeat(margin);
    byte[] row = (around + text + around).getBytes(StandardCharsets.US_ASCII);
    int to = around.length() + text.length();
    plain.position = ROOM;
    careful.position = ROOM;
    if (!plainFields.write(column, row, around.length(), to)) {
      assertThat(plain.position).isEqualTo(ROOM);
      return false;
    }
    assertThat(fields.write(column, row, around.length(), to)).as(text).isNull();
    assertThat(written(plain)).as(column.column.name() + " " + text).isEqualTo(written(careful));
    return true;
  }

  private static byte[] written(AvroBuffer buffer) {
    return Arrays.copyOfRange(buffer.bytes, ROOM, buffer.position);
  }
}
