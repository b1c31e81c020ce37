package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.NavigableMap;

/** A delivered record of one key. */
public sealed interface RifRecord {

  Version version();

  /**
   * A record of a FULL file: the row with all its lines.
   *
   * @param header has every required column
   * @param lines by line number; each has every required column. The one year of a person's record,
   *     or none
   */
  record Full(Version version, Fields header, NavigableMap<Integer, Fields> lines)
      implements RifRecord {}

  /**
   * A record of a MERGE file: some fields.
   *
   * @param file the file that sent it
   * @param header without the key
   * @param lines by line number, without the number itself; empty when the file has no line key
   */
  record Patch(Version version, long file, Fields header, NavigableMap<Integer, Fields> lines)
      implements RifRecord {}

  /** The removal of the key. */
  record Delete(Version version) implements RifRecord {}

  /**
   * A former identity of a person, from a file of such.
   *
   * @param file the file that sent it
   */
  record History(Version version, long file, Identity identity) implements RifRecord {}
}
