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
    FieldCode[] codes = new FieldCode[fields.size()];
    int[] targets = new int[fields.size()];
    int identity = DROPPED;
    for (int i = 0; i < codes.length; i++) {
      Schema.Field field = fields.get(i);
      codes[i] = FieldCode.of(field.schema());
      OptionalInt target = columns.indexOf(level, field.name());
      targets[i] = target.orElse(DROPPED);
      if (target.isPresent() && isIdentity(columns.of(level).get(target.getAsInt()), field)) {
        identity = i;
      }
    }
    return new LevelPlan(codes, targets, columns.of(level), identity);
  }

  private static boolean isIdentity(Column column, Schema.Field field) {
    if (!FieldSchemas.of(column).equals(field.schema())) {
      throw new IllegalArgumentException(column.name() + " is not encoded as the layout says");
    }
    return column.role() == Role.KEY || column.role() == Role.LINE_KEY;
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
        number = in.readInt();
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
