package io.riffle.schemas.wire;

import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.UnknownSchemaException;
import io.riffle.schemas.wire.Undecodable.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads framed values. A bad value is an outcome; a registry that is away is a {@link
 * RegistryUnavailableException}, upon which the caller pauses and asks again. Safe for use by
 * several threads.
 */
public final class WireReader {

  /** What to do with values whose fingerprint header is absent. */
  public enum WithoutFingerprint {
    /** For topics that only Riffle writes. */
    REJECT,
    /** For topics of foreign producers, such as Debezium's. A header that is there must match. */
    ACCEPT
  }

  private final SchemaRegistry registry;
  private final WithoutFingerprint withoutFingerprint;
  private final Map<Integer, Framing.Framed> writers = new ConcurrentHashMap<>();

  public WireReader(SchemaRegistry registry, WithoutFingerprint withoutFingerprint) {
    this.registry = registry;
    this.withoutFingerprint = withoutFingerprint;
  }

  /**
   * Finds the writer schema of a value; the Avro binary starts at {@link WireFormat#PREFIX_LENGTH}.
   *
   * @param value null gives {@link Reason#NO_VALUE}
   * @throws RegistryUnavailableException if the schema is not at hand and the registry is away
   */
  public Framing frame(byte[] value, Headers headers) {
    if (value == null) {
      return new Undecodable(Reason.NO_VALUE);
    }
    if (!WireFormat.hasPrefix(value)) {
      boolean magic = value.length == 0 || value[0] == 0;
      return new Undecodable(magic ? Reason.TRUNCATED : Reason.BAD_MAGIC);
    }
    return frame(WireFormat.schemaId(value), headers);
  }

  /**
   * Finds the writer schema of a value whose prefix was read.
   *
   * @throws RegistryUnavailableException if the schema is not at hand and the registry is away
   */
  public Framing frame(int schemaId, Headers headers) {
    try {
      return verified(writer(schemaId), headers);
    } catch (UnknownSchemaException e) {
      return new Undecodable(Reason.UNKNOWN_SCHEMA_ID);
    }
  }

  /**
   * Decodes a whole value in its writer schema.
   *
   * @throws RegistryUnavailableException if the schema is not at hand and the registry is away
   */
  public Decoding decode(byte[] value, Headers headers) {
    Framing framing = frame(value, headers);
    if (framing instanceof Framing.Framed framed) {
      return AvroBytes.decode(framed.writer(), value);
    }
    return (Undecodable) framing;
  }

  private Framing.Framed writer(int id) {
    Framing.Framed known = writers.get(id);
    return known != null ? known : writers.computeIfAbsent(id, this::fetch);
  }

  private Framing.Framed fetch(int id) {
    return new Framing.Framed(SchemaHandle.of(id, registry.byId(id)));
  }

  private Framing verified(Framing.Framed framed, Headers headers) {
    Header header = headers.lastHeader(WireFormat.FINGERPRINT_HEADER);
    if (header == null) {
      return withoutFingerprint == WithoutFingerprint.ACCEPT
          ? framed
          : new Undecodable(Reason.FINGERPRINT_MISSING);
    }
    return matches(header.value(), framed.writer())
        ? framed
        : new Undecodable(Reason.FINGERPRINT_MISMATCH);
  }

  private static boolean matches(byte[] header, SchemaHandle writer) {
    return header != null
        && header.length == WireFormat.FINGERPRINT_LENGTH
        && WireFormat.fingerprint(header) == writer.fingerprint();
  }
}
