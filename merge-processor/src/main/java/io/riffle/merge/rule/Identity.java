package io.riffle.merge.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who a person is, by one record: the values of the columns that history rows have, in their order.
 *
 * @param values empty where the record's layout does not have the column
 */
public record Identity(List<Optional<Slice>> values) {

  public Identity {
    values = List.copyOf(values);
  }

  /** This one, with what it does not say taken from {@code earlier}. */
  Identity over(Identity earlier) {
    List<Optional<Slice>> filled = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      Optional<Slice> before = earlier.values.get(i);
      filled.add(values.get(i).or(() -> before));
    }
    return new Identity(filled);
  }

  /** Whether the first {@code compared} values are equal. */
  boolean isSame(Identity other, int compared) {
    return values.subList(0, compared).equals(other.values.subList(0, compared));
  }
}
