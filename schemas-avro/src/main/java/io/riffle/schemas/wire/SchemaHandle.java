package io.riffle.schemas.wire;

import io.riffle.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A registered schema with all that goes on the wire for it. Made once per schema, then shared by
 * any number of threads.
 */
public final class SchemaHandle {
  private final int id;
  private final Schema schema;
  private final long fingerprint;
  private final byte[] headerBytes;

  private SchemaHandle(int id, Schema schema) {
    this.id = id;
    this.schema = schema;
    this.fingerprint = WireFormat.fingerprint(schema);
    this.headerBytes = WireFormat.fingerprintBytes(fingerprint);
  }

  /** A schema with the id that the registry gave it. */
  public static SchemaHandle of(int id, Schema schema) {
    return new SchemaHandle(id, schema);
  }

  /** Registers the schema under the subject; see {@link SchemaRegistry#register}. */
  public static SchemaHandle register(SchemaRegistry registry, String subject, Schema schema) {
    return of(registry.register(subject, schema), schema);
  }

  public int id() {
    return id;
  }

  public Schema schema() {
    return schema;
  }

  /** The 64-bit Rabin fingerprint of the parsing canonical form. */
  public long fingerprint() {
    return fingerprint;
  }

  /** The record header to send along; a new object each time, as headers decode lazily. */
  public Header header() {
    return new RecordHeader(WireFormat.FINGERPRINT_HEADER, headerBytes);
  }

  /** Writes the prefix; see {@link WireFormat#writePrefix}. */
  public int writePrefix(byte[] into, int offset) {
    return WireFormat.writePrefix(into, offset, id);
  }

  @Override
  public String toString() {
    return schema.getFullName() + "#" + id;
  }
}
