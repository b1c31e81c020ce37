package io.riffle.cdc.obfuscate;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;

/** Texts, numbers and bytes. */
final class ValueChanges {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final int BYTES = 16;

  /** Of fewer characters any text may contain it by chance. */
  private static final int TELLING = 4;

  private ValueChanges() {}

  /** Empty if the method does not suit the form. */
  static Optional<Change> of(Form form, Method method, Schema schema, Secrets secrets) {
    if (method instanceof Method.Hash hash) {
      return Optional.ofNullable(hashed(form, hash, schema, secrets));
    }
    if (method instanceof Method.Phone && form == Form.INTEGER) {
      return Optional.of(
          (value, row) -> integer(value, Phones.hide(number(value), secrets.numbers())));
    }
    if (method instanceof Method.Phone && form == Form.DECIMAL_TEXT) {
      return Optional.of((value, row) -> decimalPhone((String) value, secrets));
    }
    return form == Form.TEXT
        ? Optional.of(fitted(schema, text(method, secrets)))
        : Optional.empty();
  }

  /** What a text becomes; empty texts stay empty. */
  static UnaryOperator<String> text(Method method, Secrets secrets) {
    UnaryOperator<String> change =
        method instanceof Method.Phone
            ? Phones::hide
            : method instanceof Method.Email
                ? Emails::hide
                : method instanceof Method.Name name
                    ? value -> secrets.names().other(value, name.part())
                    : value -> hex(value, ((Method.Hash) method).digits(), secrets);
    return value -> value.isEmpty() ? value : telling(change.apply(value), value, secrets);
  }

  static String hex(String value, int digits, Secrets secrets) {
    return secrets.keyed().hex("hash", value, digits);
  }

  /** A decimal number written as text; what is none (NaN, Infinity) stays. */
  static String decimal(String value, Secrets secrets) {
    return NUMBER.matcher(value).matches()
        ? secrets.numbers().other(new BigDecimal(value)).toPlainString()
        : value;
  }

  /** A value that hides nothing when treated by its rule, such as three stars. */
  private static String telling(String hidden, String value, Secrets secrets) {
    return value.length() >= TELLING && hidden.contains(value)
        ? hex(value, Method.Hash.USUAL, secrets)
        : hidden;
  }

  private static Change hashed(Form form, Method.Hash method, Schema schema, Secrets secrets) {
    return switch (form) {
      case TEXT -> fitted(schema, text(method, secrets));
      case JSON -> (value, row) -> JsonText.quote(hex((String) value, method.digits(), secrets));
      case UUID -> (value, row) -> uuid((String) value, secrets);
      case ENUM -> enumerated(schema, secrets);
      case DECIMAL_TEXT -> (value, row) -> decimal((String) value, secrets);
      case DECIMAL -> (value, row) -> secrets.numbers().other((BigDecimal) value);
      case INTEGER -> (value, row) -> integer(value, secrets.numbers().other(number(value)));
      case FLOAT ->
          (value, row) ->
              value instanceof Float number
                  ? (Object) secrets.numbers().other(number.floatValue())
                  : (Object) secrets.numbers().other(((Number) value).doubleValue());
      case BYTES -> (value, row) -> bytes(value, secrets);
      default -> null;
    };
  }

  /** Cut to the column's length, if that is known. */
  private static Change fitted(Schema schema, UnaryOperator<String> change) {
    int most = length(schema);
    return (value, row) -> {
      String text = change.apply((String) value);
      int characters = text.codePointCount(0, text.length());
      return characters <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
    };
  }

  private static int length(Schema schema) {
    String length = schema.parameters() == null ? null : schema.parameters().get(Form.LENGTH);
    boolean known = length != null && length.matches("[1-9]\\d{0,8}");
    return known ? Integer.parseInt(length) : Integer.MAX_VALUE;
  }

  private static String decimalPhone(String value, Secrets secrets) {
    return value.matches("\\d{1,18}")
        ? Long.toString(Phones.hide(Long.parseLong(value), secrets.numbers()))
        : decimal(value, secrets);
  }

  private static String uuid(String value, Secrets secrets) {
    ByteBuffer bytes = ByteBuffer.wrap(secrets.keyed().bytes("uuid", value));
    long high = (bytes.getLong() & ~0xf000L) | 0x4000L;
    long low = (bytes.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  /** Another one of the labels that the type has, where it has others. */
  private static Change enumerated(Schema schema, Secrets secrets) {
    String allowed = schema.parameters() == null ? null : schema.parameters().get(Form.LABELS);
    List<String> labels = allowed == null ? List.of() : List.of(allowed.split(","));
    if (labels.isEmpty()) {
      return null;
    }
    return (value, row) -> {
      List<String> others = labels.stream().filter(label -> !label.equals(value)).toList();
      return others.isEmpty()
          ? value
          : others.get(secrets.keyed().pick("enum", (String) value, others.size()));
    };
  }

  private static Object bytes(Object value, Secrets secrets) {
    ByteBuffer given = value instanceof byte[] array ? ByteBuffer.wrap(array) : (ByteBuffer) value;
    byte[] plain = new byte[given.remaining()];
    given.duplicate().get(plain);
    byte[] hashed =
        plain.length == 0 ? plain : Arrays.copyOf(secrets.keyed().bytes("bytes", plain), BYTES);
    return value instanceof byte[] ? hashed : ByteBuffer.wrap(hashed);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** In the type that the value has; only the least number of a type has none of its own. */
  private static Object integer(Object value, long changed) {
    if (value instanceof Byte) {
      return changed == (byte) changed ? (Object) (byte) changed : value;
    }
    if (value instanceof Short) {
      return changed == (short) changed ? (Object) (short) changed : value;
    }
    if (value instanceof Integer) {
      return changed == (int) changed ? (Object) (int) changed : value;
    }
    return changed;
  }
}
