package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.AvroOutput;
import io.riffle.merge.record.MalformedException;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.RowPlan;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.KeyState;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored form of a {@link KeyState}: a small prefix and the row as it stands in the merged
 * record. Numbers are variable-length and unsigned unless noted.
 *
 * <pre>
 * format          1 byte, 1; 2 for persons
 * schema          id of the merged schema by which columns are numbered and the row is written
 * versions        count, then all versions seen, ascending, each as Avro writes it
 * deleted, full   0 for none, else 1 + index of the version
 * never (header)  count, then indexes of header columns that no record had
 * never (line)    the same of line columns, for every line of the row without an override
 * overrides       count, then fields of the row with a version other than full's
 * kept            count, then fields outside of the row, each with length and value
 * persons         format 2 only, see {@link PersonCodec}
 * row             up to the end, without a history; nothing while there is no row
 *
 * field           0 for a header field, else 1 and the line number (zig-zag); column; index of the
 *                 version; MERGE file, 0 for a FULL record
 * </pre>
 *
 * <p>Equal states are equal bytes. A row that was written by an earlier layout is read by its
 * schema, which the registry has. For one thread.
 */
public final class StateCodec {
  private static final int FORMAT = 1;
  private static final int PERSON_FORMAT = 2;

  private static final int PREFIX_CAPACITY = 64;

  private final SchemaRegistry registry;
  private final TypeColumns columns;
  private final int schemaId;
  private final int format;
  private final Map<Integer, RowPlan> plans = new HashMap<>();

  /**
   * @param merged the schema that merged records are written in now
   */
  public StateCodec(SchemaRegistry registry, TypeColumns columns, SchemaHandle merged) {
    this.registry = registry;
    this.columns = columns;
    this.schemaId = merged.id();
    this.format = columns.years() ? PERSON_FORMAT : FORMAT;
    plans.put(merged.id(), RowPlan.compile(merged.schema(), columns));
  }

  /** The stored form of a key of which one complete FULL record is known; not for persons. */
  public byte[] encodeFirst(Version full, Row row) {
    AvroOutput out = start();
    out.writeUnsigned(1).writeVersion(full);
    out.writeUnsigned(0).writeUnsigned(1);
    out.writeUnsigned(0).writeUnsigned(0); // never
    out.writeUnsigned(0).writeUnsigned(0); // overrides, kept
    return out.toBytes(row.bytes());
  }

  /**
   * The stored form.
   *
   * @param row the state's row, if the key exists
   * @param sparse the same state's
   */
  public byte[] encode(KeyState state, Optional<Row> row, Sparse sparse) {
    AvroOutput out = start();
    VersionTable versions = VersionTable.of(state.seen());
    versions.write(out);
    out.writeUnsigned(versions.mark(state.marks().deleted()));
    out.writeUnsigned(versions.mark(state.marks().full()));
    writeIndexes(sparse.neverHeader(), out);
    writeIndexes(sparse.neverLine(), out);
    writeFields(sparse.overrides(), versions, out, false);
    writeFields(sparse.kept(), versions, out, true);
    if (columns.years()) {
      PersonCodec.write(sparse.years(), state.identities(), versions, out);
    }
    return row.map(r -> out.toBytes(r.bytes())).orElseGet(out::toBytes);
  }

  private AvroOutput start() {
    return new AvroOutput(PREFIX_CAPACITY).writeByte(format).writeUnsigned(schemaId);
  }

  static void writeIndexes(BitSet indexes, AvroOutput out) {
    out.writeUnsigned(indexes.cardinality());
    indexes.stream().forEach(out::writeUnsigned);
  }

  private static void writeFields(
      List<Sparse.Field> fields, VersionTable versions, AvroOutput out, boolean withValue) {
    out.writeUnsigned(fields.size());
    for (Sparse.Field field : fields) {
      out.writeUnsigned(field.line().isPresent() ? 1 : 0);
      field.line().ifPresent(out::writeLong);
      out.writeUnsigned(field.column());
      out.writeUnsigned(versions.index(field.cell().version()));
      out.writeUnsigned(field.cell().file());
      if (withValue) {
        out.writeBytes(field.cell().value());
      }
    }
  }

  /**
   * The state.
   *
   * @throws IllegalStateException if the bytes are of another format, or damaged
   */
  public KeyState decode(byte[] stored) {
    AvroInput in = new AvroInput(stored, 0);
    try {
      int found = in.readByte();
      if (found != format) {
        throw new IllegalStateException("a stored key has format " + found);
      }
      RowPlan plan = plan(in.readUnsigned(Integer.MAX_VALUE));
      return new StateReader(in, stored, plan, columns.shape()).read();
    } catch (MalformedException e) {
      throw new IllegalStateException("a stored key is damaged", e);
    }
  }

  private RowPlan plan(int id) {
    return plans.computeIfAbsent(id, i -> RowPlan.compile(registry.byId(i), columns));
  }
}
