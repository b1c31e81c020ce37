package io.riffle.merge.record;

import io.riffle.merge.rule.Fields;
import io.riffle.merge.rule.Identity;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** How a raw record of a former identity is read, by the columns of the person's history. */
final class HistoryPlan {
  private final LevelPlan fields;

  private HistoryPlan(LevelPlan fields) {
    this.fields = fields;
  }

  /**
   * Compiles the plan of a raw schema.
   *
   * @throws IllegalArgumentException when it does not fit the person's layout
   */
  static HistoryPlan compile(Schema schema, TypeColumns person) {
    List<Schema.Field> ofRow =
        schema.getFields().stream()
            .filter(field -> !field.name().equals(RecordSchemas.ORIGIN))
            .toList();
    LevelPlan fields = LevelPlan.compile(ofRow, person.history(), Role.NONE);
    if (!fields.hasRequired()) {
      throw new IllegalArgumentException("a column of every former identity is missing");
    }
    return new HistoryPlan(fields);
  }

  /**
   * Reads the fields up to the end of the bytes.
   *
   * @throws MalformedException if they are not as the schema says
   */
  Identity read(AvroInput in) {
    Fields row = fields.read(in, true);
    if (!in.atEnd()) {
      throw new MalformedException("bytes behind the end");
    }
    return new Identity(IntStream.range(0, row.columns()).mapToObj(row::get).toList());
  }
}
