package io.riffle.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The layout of a record value: a zero byte, the schema id (4 bytes, big-endian), Avro binary. The
 * header {@value #FINGERPRINT_HEADER} holds the schema's 64-bit Rabin fingerprint of its parsing
 * canonical form (8 bytes, big-endian).
 */
public final class WireFormat {
  /** Bytes in front of the Avro binary. */
  public static final int PREFIX_LENGTH = 5;

  /** Name of the record header with the schema's fingerprint. */
  public static final String FINGERPRINT_HEADER = "riffle-schema-fp";

  /** Length of that header's value. */
  public static final int FINGERPRINT_LENGTH = 8;

  private static final byte MAGIC = 0;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private WireFormat() {}

  /**
   * Writes the prefix.
   *
   * @return the offset behind it, where the Avro binary starts
   * @throws IndexOutOfBoundsException if there is no room
   */
  public static int writePrefix(byte[] into, int offset, int schemaId) {
    into[offset] = MAGIC;
    INT.set(into, offset + 1, schemaId);
    return offset + PREFIX_LENGTH;
  }

  /** Whether the value is long enough for a prefix and starts with the magic byte. */
  public static boolean hasPrefix(byte[] value) {
    return value.length >= PREFIX_LENGTH && value[0] == MAGIC;
  }

  /** The schema id of a value that {@link #hasPrefix has a prefix}. */
  public static int schemaId(byte[] value) {
    return (int) INT.get(value, 1);
  }

  /** The schema's fingerprint as it stands in the header. */
  public static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  /** A fingerprint as header value. */
  public static byte[] fingerprintBytes(long fingerprint) {
    byte[] bytes = new byte[FINGERPRINT_LENGTH];
    LONG.set(bytes, 0, fingerprint);
    return bytes;
  }

  /** The fingerprint of a header value of {@value #FINGERPRINT_LENGTH} bytes. */
  static long fingerprint(byte[] header) {
    return (long) LONG.get(header, 0);
  }
}
