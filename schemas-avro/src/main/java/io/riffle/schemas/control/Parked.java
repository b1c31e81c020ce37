package io.riffle.schemas.control;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What waits for a key or for some of its lines, on the parked topic with key {@code TYPE|key}. The
 * newest record of a key replaces the earlier ones; one without fields says that nothing waits.
 *
 * @param origin the delivered record that caused this one
 * @param deleted version of the newest DELETE of the key, when there was one
 * @param fields the waiting fields of MERGE records
 */
public record Parked(
    Origin origin, String type, String key, Optional<Version> deleted, List<ParkedField> fields) {

  /**
   * A field that waits.
   *
   * @param line the absent line; empty for a field of the record itself
   * @param column the column's name in tables and Avro records
   * @param file the file that sent the field
   * @param value the field as encoded in Avro, null branch included
   */
  public record ParkedField(
      Optional<Integer> line, String column, Version version, long file, ByteBuffer value) {}
}
