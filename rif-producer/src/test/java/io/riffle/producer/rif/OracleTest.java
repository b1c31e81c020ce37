package io.riffle.producer.rif;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good files mean what another CSV reader and the JDK's number and date classes say. */
class OracleTest {

  private static final int FILES_PER_SEED = 12;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void readsWhatFastCsvReads(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < FILES_PER_SEED; i++) {
      for (Layout layout : TestFile.LAYOUTS.all()) {
        check(layout, random, "seed " + seed + ", file " + i + ", " + layout.type());
      }
    }
  }

  private static void check(Layout layout, Random random, String name) {
    String text = new GeneratedFile(layout, random).text(1 + random.nextInt(12));
    List<Map<String, String>> expected = expected(layout, text);
    List<Map<String, String>> found = new ArrayList<>();
    for (Outcome outcome : TestFile.of(layout.type(), false, text).read().all) {
      assertThat(outcome).as(name).isInstanceOf(Outcome.Accepted.class);
      found.addAll(rows(layout, ((Outcome.Accepted) outcome).record()));
    }
    assertThat(found).as(name).isEqualTo(expected);
  }

  /** Each row's values by column; a claim's own columns are those of its first row. */
  private static List<Map<String, String>> expected(Layout layout, String text) {
    List<Map<String, String>> rows = new ArrayList<>();
    String key = layout.key().name();
    CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator('|')
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text);
    Map<String, String> first = Map.of();
    String firstKey = "";
    List<String> header = null;
    for (CsvRecord record : csv) {
      if (header == null) {
        header = record.getFields();
        continue;
      }
      Map<String, String> row = values(layout, header, record);
      boolean same =
          layout.lines() == Lines.ROWS && record.getField(header.indexOf(key)).equals(firstKey);
      first = same ? first : row;
      firstKey = record.getField(header.indexOf(key));
      rows.add(withHeaderOf(layout, first, row));
    }
    return rows;
  }

  private static Map<String, String> values(Layout layout, List<String> header, CsvRecord record) {
    Map<String, String> row = new LinkedHashMap<>();
    for (Column column : layout.columns()) {
      if (column.stored()) {
        String text = record.getField(header.indexOf(column.source()));
        row.put(column.sqlName(), NaiveValue.of(column, text));
      }
    }
    return row;
  }

  private static Map<String, String> withHeaderOf(
      Layout layout, Map<String, String> first, Map<String, String> row) {
    Map<String, String> result = new LinkedHashMap<>(row);
    layout.headerColumns().forEach(c -> result.put(c.sqlName(), first.get(c.sqlName())));
    return result;
  }

  private static List<Map<String, String>> rows(Layout layout, GenericRecord record) {
    if (!layout.hasLines()) {
      return List.of(values(layout, Level.HEADER, record));
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (Object line : (List<?>) record.get(RecordSchemas.LINES)) {
      Map<String, String> row = values(layout, Level.HEADER, record);
      row.putAll(values(layout, Level.LINE, (GenericRecord) line));
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, String> values(Layout layout, Level level, GenericRecord record) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Column column : level == Level.HEADER ? layout.headerColumns() : layout.lineColumns()) {
      Schema.Field field = record.getSchema().getField(column.sqlName());
      values.put(column.sqlName(), Shown.value(field.schema(), record.get(field.pos())));
    }
    return values;
  }
}
