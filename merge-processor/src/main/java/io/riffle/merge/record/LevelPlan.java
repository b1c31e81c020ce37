package io.riffle.merge.record;

import io.riffle.merge.rule.Fields;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** Where the fields of one level of a writer schema go. */
final class LevelPlan {
  /** Target of a field that the layout does not know (any more). */
  static final int DROPPED = -1;

  private final FieldCode[] codes;
  private final int[] targets;
  private final int columns;
  private final int identity;
  private final boolean complete;
  private final boolean required;

  private LevelPlan(FieldCode[] codes, int[] targets, List<Column> level, int identity) {
    this.codes = codes;
    this.targets = targets;
    this.columns = level.size();
    this.identity = identity;
    this.complete =
        targets.length == columns
            && IntStream.range(0, columns).allMatch(column -> targets[column] == column);
    this.required =
        IntStream.range(0, columns)
            .filter(column -> level.get(column).required())
            .allMatch(column -> IntStream.of(targets).anyMatch(target -> target == column));
  }

  /**
   * @throws IllegalArgumentException when a field is encoded otherwise than its column
   */
  static LevelPlan compile(List<Schema.Field> fields, TypeColumns columns, Level level) {
    return compile(fields, columns.of(level), level == Level.HEADER ? Role.KEY : Role.LINE_KEY);
  }

  /**
   * @param identity role of the column that is the level's key
   * @throws IllegalArgumentException when a field is encoded otherwise than its column
   */
  static LevelPlan compile(List<Schema.Field> fields, List<Column> columns, Role identity) {
    FieldCode[] codes = new FieldCode[fields.size()];
    int[] targets = new int[fields.size()];
    int key = DROPPED;
    for (int i = 0; i < codes.length; i++) {
      Schema.Field field = fields.get(i);
      codes[i] = FieldCode.of(field.schema());
      OptionalInt target = indexOf(columns, field.name());
      targets[i] = target.orElse(DROPPED);
      if (target.isPresent() && checked(columns.get(target.getAsInt()), field).role() == identity) {
        key = i;
      }
    }
    return new LevelPlan(codes, targets, columns, key);
  }

  private static OptionalInt indexOf(List<Column> columns, String name) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).sqlName().equals(name))
        .findFirst();
  }

  private static Column checked(Column column, Schema.Field field) {
    if (!FieldSchemas.of(column).equals(field.schema())) {
      throw new IllegalArgumentException(column.name() + " is not encoded as the layout says");
    }
    return column;
  }

  /** Whether the fields are all columns of the layout, in its order. */
  boolean isComplete() {
    return complete;
  }

  /** Whether every required column of the level is there. */
  boolean hasRequired() {
    return required;
  }

  /** Whether the level has its key column: the record's key, or the line number. */
  boolean hasIdentity() {
    return identity != DROPPED;
  }

  int fields() {
    return codes.length;
  }

  /** The column that a field goes to, {@link #DROPPED} if none. */
  int target(int field) {
    return targets[field];
  }

  void skip(AvroInput in) {
    for (FieldCode code : codes) {
      code.skip(in);
    }
  }

  /** Skips the fields and tells the line number among them. */
  int skipLine(AvroInput in) {
    int number = 0;
    for (int i = 0; i < codes.length; i++) {
      if (i == identity) {
        number = codes[i] == FieldCode.NUMBER ? in.readInt() : Year.read(in);
      } else {
        codes[i].skip(in);
      }
    }
    return number;
  }

  /** Cuts the fields out; without the key column when that is not wanted as a field. */
  Fields read(AvroInput in, boolean withIdentity) {
    Slice[] byColumn = new Slice[columns];
    for (int i = 0; i < codes.length; i++) {
      int start = in.position();
      codes[i].skip(in);
      if (targets[i] != DROPPED && (withIdentity || i != identity)) {
        byColumn[targets[i]] = in.since(start);
      }
    }
    return Fields.of(byColumn);
  }
}
