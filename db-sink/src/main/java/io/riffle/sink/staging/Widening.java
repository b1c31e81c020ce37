package io.riffle.sink.staging;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which type holds what two others hold, when a column of the source changes its own. */
final class Widening {
  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
  private static final Set<String> FLOATS = Set.of("real", "double precision");
  private static final Set<String> NOT_AS_TEXT = Set.of("bytea");
  private static final String NUMERIC = "numeric";
  private static final String VARCHAR = "character varying";
  private static final String CHAR = "character";
  private static final String CHAR_OF_ANY_LENGTH = "bpchar";

  private Widening() {}

  /**
   * The narrowest type that takes the values of both; empty when no type takes both, or their
   * values would mean something else in it.
   */
  static Optional<ColumnType> of(ColumnType there, ColumnType wanted) {
    if (there.equals(wanted)) {
      return Optional.of(there);
    } else if (there.array() != wanted.array()) {
      return Optional.empty();
    } else if (there.array()) {
      return of(there.element(), wanted.element()).map(ColumnType::arrayOf);
    } else if (isNumber(there) && isNumber(wanted)) {
      return numbers(there, wanted);
    } else if (isText(there) && isText(wanted)) {
      return Optional.of(texts(there, wanted));
    } else if (isEither(there, wanted, "json", "jsonb")) {
      return Optional.of(wanted); // the source has converted its rows, too
    } else if (isEither(there, wanted, "date", "timestamp without time zone")) {
      return Optional.of(ColumnType.of("timestamp without time zone"));
    }
    return asText(there, wanted);
  }

  /** Whether both hold the same values, so that the newer type is taken, not the wider one. */
  static boolean isSideways(ColumnType there, ColumnType wanted) {
    if (there.array() || wanted.array()) {
      return there.array() == wanted.array() && isSideways(there.element(), wanted.element());
    }
    boolean texts = isText(there) && isText(wanted);
    return isEither(there, wanted, "json", "jsonb")
        || (texts && (isCitext(there) || isCitext(wanted)));
  }

  private static boolean isNumber(ColumnType type) {
    return WHOLE.contains(type.base()) || FLOATS.contains(type.base()) || type.is(NUMERIC);
  }

  private static Optional<ColumnType> numbers(ColumnType there, ColumnType wanted) {
    boolean floats = FLOATS.contains(there.base());
    if (floats != FLOATS.contains(wanted.base())) {
      return Optional.empty(); // the source has rounded its rows, and none of them came
    } else if (floats) {
      return Optional.of(ColumnType.of("double precision"));
    } else if (WHOLE.contains(there.base()) && WHOLE.contains(wanted.base())) {
      return Optional.of(digits(there) > digits(wanted) ? there : wanted);
    } else if (isUnbound(there) || isUnbound(wanted)) {
      return Optional.of(ColumnType.of(NUMERIC));
    }
    int scale = Math.max(scale(there), scale(wanted));
    int digits = Math.max(digits(there), digits(wanted));
    return Optional.of(ColumnType.of(NUMERIC, digits + scale, scale));
  }

  private static boolean isUnbound(ColumnType type) {
    return type.is(NUMERIC) && !type.isBounded();
  }

  private static int scale(ColumnType type) {
    return type.bound(1).orElse(0);
  }

  /** Digits before the point. */
  private static int digits(ColumnType type) {
    return switch (type.base()) {
      case "smallint" -> 5;
      case "integer" -> 10;
      case "bigint" -> 19;
      default -> type.bounds().get(0) - scale(type);
    };
  }

  private static boolean isText(ColumnType type) {
    return isBoundText(type) || type.is("text") || isCitext(type);
  }

  private static boolean isBoundText(ColumnType type) {
    return type.is(VARCHAR) || isPadded(type);
  }

  private static boolean isPadded(ColumnType type) {
    return type.is(CHAR) || type.is(CHAR_OF_ANY_LENGTH);
  }

  private static boolean isCitext(ColumnType type) {
    return type.base().endsWith(".citext");
  }

  private static ColumnType texts(ColumnType there, ColumnType wanted) {
    if (isCitext(there) || isCitext(wanted)) {
      return wanted; // they hold the same and differ in how they compare
    } else if (!isBoundText(there) || !isBoundText(wanted)) {
      return ColumnType.TEXT;
    }
    List<Integer> bounds =
        there.isBounded() && wanted.isBounded()
            ? List.of(Math.max(there.bounds().get(0), wanted.bounds().get(0)))
            : List.of();
    boolean padded = isPadded(there) && isPadded(wanted);
    String padding = bounds.isEmpty() ? CHAR_OF_ANY_LENGTH : CHAR;
    return new ColumnType(padded ? padding : VARCHAR, bounds, false);
  }

  private static boolean isEither(ColumnType a, ColumnType b, String one, String other) {
    return (a.is(one) && b.is(other)) || (a.is(other) && b.is(one));
  }

  /** Any value has a text; what a text was before cannot be told. */
  private static Optional<ColumnType> asText(ColumnType there, ColumnType wanted) {
    boolean one = isText(there) != isText(wanted);
    boolean readable = !NOT_AS_TEXT.contains(there.base()) && !NOT_AS_TEXT.contains(wanted.base());
    return one && readable ? Optional.of(ColumnType.TEXT) : Optional.empty();
  }
}
