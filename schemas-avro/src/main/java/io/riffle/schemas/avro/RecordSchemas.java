package io.riffle.schemas.avro;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The record schemas of a RIF type. Each record starts with where it came from, then has the header
 * columns in layout order, then the array {@code lines} where the type has lines, then in a
 * person's merged record the array {@code history}. "Absent from the schema" means not sent; null
 * means sent empty.
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

  /** The array of former identities, last field of a person's merged record. */
  public static final String HISTORY = "history";

  /** First field of a former identity: which delivered record showed it last. */
  public static final String HISTORY_RECORD = "record";

  private RecordSchemas() {}

  /** A FULL record of the whole layout: {@code io.riffle.rif.Carrier}. */
  public static Schema full(Layout layout) {
    return full(layout, layout.fileColumns().stream().map(Column::name).toList());
  }

  /**
   * A FULL record of a file that lacks optional columns (an older layout).
   *
   * @param header the file's column names; names the layout does not know are left out
   * @throws IllegalArgumentException when a required column is missing
   */
  public static Schema full(Layout layout, Collection<String> header) {
    for (Column column : layout.columns()) {
      if (column.required() && !header.contains(column.source())) {
        throw new IllegalArgumentException(layout.type() + " needs column " + column.source());
      }
    }
    boolean lines = layout.lines() == Lines.YEARS ? hasLineKey(layout, header) : layout.hasLines();
    return rif(layout, recordName(layout), layout.headerColumns(), Set.copyOf(header), lines);
  }

  private static boolean hasLineKey(Layout layout, Collection<String> header) {
    return layout.lineKey().map(key -> header.contains(key.name())).orElse(false);
  }

  /**
   * A MERGE record: {@code io.riffle.rif.CarrierMerge}. It has lines when the header has the line
   * key column, which is then no field of the record itself.
   *
   * @param header the file's column names; names the layout does not know are left out
   * @throws IllegalArgumentException when the key is missing, or line columns come without line key
   */
  public static Schema merge(Layout layout, Collection<String> header) {
    boolean lines = hasLineKey(layout, header);
    if (!header.contains(layout.key().name())) {
      throw new IllegalArgumentException(layout.type() + " needs column " + layout.key().name());
    }
    if (!lines && layout.lineColumns().stream().anyMatch(c -> header.contains(c.name()))) {
      throw new IllegalArgumentException(layout.type() + " has line columns but no line key");
    }
    List<Column> own =
        layout.headerColumns().stream().filter(c -> c.role() != Role.LINE_KEY).toList();
    return rif(layout, recordName(layout) + "Merge", own, Set.copyOf(header), lines);
  }

  /** A merged record: {@code io.riffle.merged.Carrier}; its row has every column of the layout. */
  public static Schema merged(Layout layout) {
    String name = recordName(layout);
    Set<String> all = Set.copyOf(layout.columns().stream().map(Column::source).toList());
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(MERGE, ControlCodec.of(Merge.class).schema()));
    fields.addAll(fields(layout.headerColumns(), all));
    if (layout.hasLines()) {
      fields.add(lines(layout, MERGED_NAMESPACE, name, all));
    }
    layout.history().ifPresent(history -> fields.add(history(history, name)));
    return Schema.createRecord(name, layout.description(), MERGED_NAMESPACE, false, fields);
  }

  private static Schema.Field history(History history, String name) {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(HISTORY_RECORD, Schema.create(Schema.Type.STRING)));
    history.columns().forEach(column -> fields.add(FieldSchemas.field(column)));
    Schema row = Schema.createRecord(name + "Identity", null, MERGED_NAMESPACE, false, fields);
    return new Schema.Field(HISTORY, Schema.createArray(row));
  }

  /** The record name of a type: {@code BENEFICIARY_HISTORY} becomes {@code BeneficiaryHistory}. */
  public static String recordName(Layout layout) {
    StringBuilder name = new StringBuilder();
    for (String word : layout.topicPart().split("_", -1)) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  private static Schema rif(
      Layout layout, String name, List<Column> header, Set<String> present, boolean lines) {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(ORIGIN, ControlCodec.of(Origin.class).schema()));
    fields.addAll(fields(header, present));
    if (lines) {
      fields.add(lines(layout, RIF_NAMESPACE, name, present));
    }
    return Schema.createRecord(name, layout.description(), RIF_NAMESPACE, false, fields);
  }

  private static Schema.Field lines(
      Layout layout, String namespace, String name, Set<String> present) {
    Schema line =
        Schema.createRecord(
            name + "Line", null, namespace, false, fields(layout.lineColumns(), present));
    return new Schema.Field(LINES, Schema.createArray(line));
  }

  private static List<Schema.Field> fields(List<Column> columns, Set<String> present) {
    return columns.stream()
        .filter(column -> present.contains(column.source()))
        .map(FieldSchemas::field)
        .toList();
  }
}
