package io.riffle.schemas.control;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * First field of a merged record: what caused it, and what the merge state needs beyond the row.
 *
 * @param origin the delivered record that caused this one
 * @param full version of the newest FULL record, which decides the lines
 * @param known hint that the key was emitted before; never needed for correctness
 * @param linesHash 64-bit hash of the encoded lines, 0 for types without lines
 * @param deleted version of the newest DELETE, when there was one
 * @param overrides fields whose newest version differs from {@code full}
 * @param absent fields of lines that do not exist now but may be brought back
 */
public record Merge(
    Origin origin,
    Version full,
    boolean known,
    long linesHash,
    Optional<Version> deleted,
    List<FieldVersion> overrides,
    List<AbsentField> absent) {

  /**
   * A field whose newest version is not that of the newest FULL record.
   *
   * @param line the line number; empty for a field of the record itself
   * @param column the column's name in tables and Avro records
   */
  public record FieldVersion(Optional<Integer> line, String column, Version version) {}

  /**
   * A field of a line that does not exist now.
   *
   * @param value the field as encoded in Avro, null branch included
   */
  public record AbsentField(int line, String column, Version version, ByteBuffer value) {}
}
