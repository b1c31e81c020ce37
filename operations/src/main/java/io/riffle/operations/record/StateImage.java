package io.riffle.operations.record;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.KeyState;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.Optional;

/**
 * The rows that a state stands for: written as merge-processor writes the merged record, and read
 * back, so that nothing is known twice.
 */
final class StateImage {
  private static final int NOT_REGISTERED = 1;

  private StateImage() {}

  /** The rows, if the key exists. */
  static Optional<MergedImage> of(KeyTrace trace, TypeColumns columns) {
    return trace.state().exists()
        ? trace.last().map(last -> of(trace.state(), last, columns))
        : Optional.empty();
  }

  private static MergedImage of(KeyState state, Arrival.Data last, TypeColumns columns) {
    SchemaHandle schema = SchemaHandle.of(NOT_REGISTERED, RecordSchemas.merged(columns.layout()));
    KeyState.Marks marks = state.marks();
    Encoded merged =
        new MergedWriter(schema, columns)
            .write(
                last.at(),
                marks.full().orElseThrow(),
                true,
                Row.of(state, columns),
                marks.deleted(),
                Sparse.of(state));
    if (AvroBytes.decode(schema, merged.value()) instanceof Decoding.Decoded decoded) {
      return new ImageReader(columns.layout()).read(decoded.record());
    }
    throw new IllegalStateException("a merged record that was just written cannot be read");
  }
}
