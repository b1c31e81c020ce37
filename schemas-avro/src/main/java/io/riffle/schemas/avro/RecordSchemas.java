package io.riffle.schemas.avro;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The record schemas of a RIF type. Each record starts with where it came from, then has the header
 * columns in layout order, then the array {@code lines} where the type has lines. "Absent from the
 * schema" means not sent; null means sent empty.
 */
public final class RecordSchemas {

  /** The Avro name space of records on raw topics. */
  public static final String RIF_NAMESPACE = "io.riffle.rif";

  /** The Avro name space of records on merged topics. */
  public static final String MERGED_NAMESPACE = "io.riffle.merged";

  /** First field of a raw record. */
  public static final String ORIGIN = "origin";

  /** First field of a merged record. */
  public static final String MERGE = "merge";

  /** The array of lines. */
  public static final String LINES = "lines";

  private RecordSchemas() {}

  /** A FULL record of the whole layout: {@code io.riffle.rif.Carrier}. */
  public static Schema full(Layout layout) {
    return full(layout, names(layout.columns()));
  }

  /**
   * A FULL record of a file that lacks optional columns (an older layout).
   *
   * @param header the file's column names; names the layout does not know are left out
   * @throws IllegalArgumentException when a required column is missing
   */
  public static Schema full(Layout layout, Collection<String> header) {
    for (Column column : layout.columns()) {
      if (column.required() && !header.contains(column.name())) {
        throw new IllegalArgumentException(layout.type() + " needs column " + column.name());
      }
    }
    return rif(layout, recordName(layout), Set.copyOf(header), layout.hasLines());
  }

  /**
   * A MERGE record: {@code io.riffle.rif.CarrierMerge}. It has lines when the header has the line
   * key column.
   *
   * @param header the file's column names; names the layout does not know are left out
   * @throws IllegalArgumentException when the key is missing, or line columns come without line key
   */
  public static Schema merge(Layout layout, Collection<String> header) {
    boolean lines = layout.lineKey().map(key -> header.contains(key.name())).orElse(false);
    if (!header.contains(layout.key().name())) {
      throw new IllegalArgumentException(layout.type() + " needs column " + layout.key().name());
    }
    if (!lines && layout.lineColumns().stream().anyMatch(c -> header.contains(c.name()))) {
      throw new IllegalArgumentException(layout.type() + " has line columns but no line key");
    }
    return rif(layout, recordName(layout) + "Merge", Set.copyOf(header), lines);
  }

  /** A merged record: {@code io.riffle.merged.Carrier}; its row has every column of the layout. */
  public static Schema merged(Layout layout) {
    Schema.Field merge = new Schema.Field(MERGE, ControlCodec.of(Merge.class).schema());
    return record(
        layout,
        MERGED_NAMESPACE,
        recordName(layout),
        merge,
        names(layout.columns()),
        layout.hasLines());
  }

  /** The record name of a type: {@code BENEFICIARY_HISTORY} becomes {@code BeneficiaryHistory}. */
  public static String recordName(Layout layout) {
    StringBuilder name = new StringBuilder();
    for (String word : layout.topicPart().split("_", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  private static Schema rif(Layout layout, String name, Set<String> header, boolean lines) {
    Schema.Field origin = new Schema.Field(ORIGIN, ControlCodec.of(Origin.class).schema());
    return record(layout, RIF_NAMESPACE, name, origin, header, lines);
  }

  private static Schema record(
      Layout layout,
      String namespace,
      String name,
      Schema.Field first,
      Set<String> columns,
      boolean lines) {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(first);
    fields.addAll(fields(layout.headerColumns(), columns));
    if (lines) {
      Schema line =
          Schema.createRecord(
              name + "Line", null, namespace, false, fields(layout.lineColumns(), columns));
      fields.add(new Schema.Field(LINES, Schema.createArray(line)));
    }
    return Schema.createRecord(name, layout.description(), namespace, false, fields);
  }

  private static List<Schema.Field> fields(List<Column> columns, Set<String> present) {
    return columns.stream()
        .filter(column -> present.contains(column.name()))
        .map(FieldSchemas::field)
        .toList();
  }

  private static Set<String> names(List<Column> columns) {
    return Set.copyOf(columns.stream().map(Column::name).toList());
  }
}
