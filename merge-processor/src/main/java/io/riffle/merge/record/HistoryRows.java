package io.riffle.merge.record;

import io.riffle.merge.rule.Former;
import io.riffle.merge.rule.Identity;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.layout.Column;
import java.util.List;
import java.util.Optional;

/** Writes the former identities of a person as merged and parked records have them. */
public final class HistoryRows {
  private static final int ROW_CAPACITY = 256;

  private HistoryRows() {}

  /** The array of a merged record, each row of which goes into the hash behind the lines. */
  static Slice write(KeyState state, TypeColumns columns, LinesHash hash) {
    List<Former> rows = state.former();
    AvroOutput out = new AvroOutput(ROW_CAPACITY * (1 + rows.size()));
    if (!rows.isEmpty()) {
      out.writeLong(rows.size());
    }
    hash.add(new byte[0], 0, 0); // no row of the history passes for a line
    for (Former row : rows) {
      AvroOutput encoded = new AvroOutput(ROW_CAPACITY).writeString(row.record().text());
      write(row.identity(), columns.history(), encoded);
      byte[] bytes = encoded.toBytes();
      hash.add(bytes, 0, bytes.length);
      out.writeRaw(Slice.of(bytes));
    }
    return Slice.of(out.writeLong(0).toBytes());
  }

  /** The columns of one row, as a raw record has them behind the key. */
  public static Slice write(Identity identity, TypeColumns columns) {
    AvroOutput out = new AvroOutput(ROW_CAPACITY);
    write(identity, columns.history(), out);
    return Slice.of(out.toBytes());
  }

  private static void write(Identity identity, List<Column> columns, AvroOutput out) {
    for (int i = 0; i < columns.size(); i++) {
      Optional<Slice> value = identity.values().get(i);
      if (value.isPresent()) {
        out.writeRaw(value.get());
      } else {
        Row.writeNull(columns.get(i), out);
      }
    }
  }
}
