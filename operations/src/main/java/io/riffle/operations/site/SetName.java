package io.riffle.operations.site;

import java.util.regex.Pattern;

/**
 * Name of a partition set: it prefixes topics, groups and connectors and selects the database.
 *
 * @param text lower case letters, digits and underscores, at most 30, a letter first
 */
public record SetName(String text) {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,29}");

  public static final SetName MAIN = new SetName("main");

  public SetName {
    if (!VALID.matcher(text).matches()) {
      throw new StackException(
          "'" + text + "' is no set name: up to 30 of a-z, 0-9 and _, a letter first");
    }
  }

  /** The set's target database. */
  public String database() {
    return "riffle_" + text;
  }

  @Override
  public String toString() {
    return text;
  }
}
