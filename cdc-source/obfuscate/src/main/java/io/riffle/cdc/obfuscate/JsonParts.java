package io.riffle.cdc.obfuscate;

import java.util.List;
import org.apache.kafka.connect.data.Struct;

/** A JSON column some members of which have rules. What is not JSON is hashed as a whole. */
final class JsonParts implements Change {
  private final ColumnRules rules;
  private final Entity entity;
  private final Secrets secrets;

  JsonParts(ColumnRules rules, Entity entity, Secrets secrets) throws UnfitException {
    this.rules = rules;
    this.entity = entity;
    this.secrets = secrets;
    for (Rule part : rules.parts()) {
      if (part.method() instanceof Method.DateShift shift
          && shift.by().isPresent()
          && !entity.has(shift.by().get())) {
        throw new UnfitException(
            "date-shift is by column " + shift.by().get() + ", which is not there");
      }
    }
  }

  @Override
  public Object apply(Object value, Struct row) {
    try {
      return JsonText.rewrite((String) value, new Replacing(row));
    } catch (JsonText.MalformedException e) {
      return JsonText.quote(ValueChanges.hex((String) value, Method.Hash.USUAL, secrets));
    }
  }

  private final class Replacing implements JsonText.Leaves {
    private final Struct row;

    Replacing(Struct row) {
      this.row = row;
    }

    @Override
    public String string(List<String> names, String value) {
      Method method = rules.of(names);
      if (method instanceof Method.Keep || method instanceof Method.Nothing) {
        return method instanceof Method.Keep ? JsonText.quote(value) : "null";
      }
      return JsonText.quote(
          method instanceof Method.DateShift shift
              ? date(shift, value)
              : ValueChanges.text(method, secrets).apply(value));
    }

    /** A number stays a number: whatever the rule says, it becomes another one. */
    @Override
    public String number(List<String> names, String value) {
      Method method = rules.of(names);
      if (method instanceof Method.Keep) {
        return value;
      }
      return method instanceof Method.Nothing ? "null" : ValueChanges.decimal(value, secrets);
    }

    @Override
    public boolean removed(List<String> names) {
      return rules.of(names) instanceof Method.Nothing;
    }

    private String date(Method.DateShift method, String value) {
      int shift = secrets.days().shift(entity.of(method.by(), value, row), method.days());
      return Days.moved(value, shift)
          .orElseGet(() -> ValueChanges.hex(value, Method.Hash.USUAL, secrets));
    }
  }
}
