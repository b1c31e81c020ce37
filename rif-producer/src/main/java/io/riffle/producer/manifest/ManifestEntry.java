package io.riffle.producer.manifest;

import java.util.regex.Pattern;

/**
 * A file of a data set.
 *
 * @param index position in the manifest, from 0
 * @param name file name within the manifest's folder
 * @param type the base type, such as {@code CARRIER}
 * @param merge whether the entry's type has the suffix {@code _MERGE}
 */
public record ManifestEntry(int index, String name, String type, boolean merge) {

  /** What a name must be, for messages. */
  public static final String NAME_RULE =
      "1 to 128 letters, digits, dashes, dots, underscores or colons";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,43}");

  /**
   * @throws IllegalArgumentException when the name is no plain file name, or the type no type's
   */
  public ManifestEntry {
    if (!isName(name) || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("entry " + index + " has an unusable name or type");
    }
  }

  /** Whether this may be the name of a data file: it becomes part of an S3 key and of messages. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.chars().allMatch(character -> character == '.');
  }
}
