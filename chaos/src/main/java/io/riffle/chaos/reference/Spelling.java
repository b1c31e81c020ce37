package io.riffle.chaos.reference;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** How Postgres shows the value of a field. */
final class Spelling {

  private static final DateTimeFormatter DAY_MONTH_YEAR =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("dd-MMM-uuuu")
          .toFormatter(Locale.ENGLISH);

  private static final int HASH_BITS = 256;

  private final Hashing hashing;
  private final Map<String, String> hashes = new HashMap<>();

  Spelling(Hashing hashing) {
    this.hashing = hashing;
  }

  /** The value of a field; null for null. */
  String of(Column column, String field) {
    if (field.isEmpty()) {
      return empty(column);
    }
    return switch (column.kind()) {
      case STRING, CHAR -> field;
      case HASH -> hashes.computeIfAbsent(field, this::hash);
      case DATE -> date(field).toString();
      case DECIMAL -> decimal(column, field);
      case LONG, INT, SHORT -> Long.toString(Long.parseLong(field));
      case ACTION -> throw new IllegalArgumentException(column.name() + " is not stored");
    };
  }

  /** Of a FULL record; generated patches have no empty field of a required column. */
  private static String empty(Column column) {
    if (column.empty() == EmptyRule.TEXT) {
      return "";
    }
    return column.empty() == EmptyRule.ZERO ? decimal(column, "0") : null;
  }

  private static String decimal(Column column, String field) {
    BigDecimal number = new BigDecimal(field);
    return column.precision() == 0
        ? number.toPlainString()
        : number.setScale(column.scale(), RoundingMode.UNNECESSARY).toPlainString();
  }

  private static LocalDate date(String field) {
    return field.length() == 8
        ? LocalDate.parse(field, DateTimeFormatter.BASIC_ISO_DATE)
        : LocalDate.parse(field, DAY_MONTH_YEAR);
  }

  private String hash(String text) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(text.toCharArray(), hashing.pepper(), hashing.iterations(), HASH_BITS);
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2", e);
    }
  }
}
