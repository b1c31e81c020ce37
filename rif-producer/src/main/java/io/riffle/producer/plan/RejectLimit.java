package io.riffle.producer.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** How many records of a file may be rejected. As text it is what the configuration says. */
public sealed interface RejectLimit {

  /** What a limit looks like, for messages. */
  String RULE = "must be none, a count such as 100, or a percentage such as 0.5%, at most 100%";

  /** Most rejects of a file with so many records; as many are still allowed. */
  long allowed(long records);

  /** So many, however many records the file has. */
  record Count(long most) implements RejectLimit {

    private static final Pattern TEXT = Pattern.compile("[0-9]{1,18}");

    public Count {
      if (most < 0) {
        throw new IllegalArgumentException(RULE);
      }
    }

    @Override
    public long allowed(long records) {
      return most;
    }

    @Override
    public String toString() {
      return Long.toString(most);
    }
  }

  /** So many of a hundred records; a part of a record counts as none. */
  record Percent(BigDecimal percent) implements RejectLimit {

    private static final Pattern TEXT = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    public Percent {
      if (percent.signum() < 0 || percent.compareTo(ALL) > 0) {
        throw new IllegalArgumentException(RULE);
      }
    }

    @Override
    public long allowed(long records) {
      return percent
          .multiply(BigDecimal.valueOf(records))
          .divide(ALL, 0, RoundingMode.FLOOR)
          .longValueExact();
    }

    @Override
    public String toString() {
      return percent.toPlainString() + "%";
    }
  }

  /**
   * The limit that a text says: {@code 100} or {@code 0.5%}.
   *
   * @throws IllegalArgumentException when it says none, with what it must be
   */
  static RejectLimit parse(String text) {
    if (Count.TEXT.matcher(text).matches()) {
      return new Count(Long.parseLong(text));
    } else if (Percent.TEXT.matcher(text).matches()) {
      return new Percent(new BigDecimal(text.substring(0, text.length() - 1)));
    }
    throw new IllegalArgumentException(RULE);
  }
}
