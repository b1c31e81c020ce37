package io.riffle.console.page;

import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import java.util.Optional;

/** What a request asks for, in its address or its form. Blank is not given. */
public final class Ask {
  private static final int BAD_REQUEST = 400;

  private final Context context;

  public Ask(Context context) {
    this.context = context;
  }

  /** A text of the address. */
  public Optional<String> text(String name) {
    return given(context.queryParam(name));
  }

  /** A text that must be there. */
  public String needed(String name) {
    return text(name).orElseThrow(() -> new RefusedException(BAD_REQUEST, name + " is missing"));
  }

  /** A whole number of the address. */
  public Optional<Long> number(String name) {
    return text(name).map(text -> number(name, text));
  }

  /** A whole number from 1 to {@code most}. */
  public int limit(String name, int usual, int most) {
    long asked = number(name).orElse((long) usual);
    if (asked < 1 || asked > most) {
      throw new RefusedException(BAD_REQUEST, name + " is a number from 1 to " + most);
    }
    return Math.toIntExact(asked);
  }

  /** A text of a form. */
  public Optional<String> formText(String name) {
    return given(context.formParam(name));
  }

  /** A text of a form that must be there. */
  public String neededOfForm(String name) {
    return formText(name)
        .orElseThrow(() -> new RefusedException(BAD_REQUEST, name + " is missing"));
  }

  /** What a path names by number. */
  public long pathNumber(String name) {
    return number(name, context.pathParam(name));
  }

  /**
   * A whole number.
   *
   * @throws RefusedException naming the field, not what was given
   */
  public static long number(String name, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new RefusedException(BAD_REQUEST, name + " is a whole number");
    }
  }

  private static Optional<String> given(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(some -> !some.isEmpty());
  }
}
