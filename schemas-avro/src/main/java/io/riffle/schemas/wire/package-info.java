/**
 * Record values as bytes: the Confluent wire format with Riffle's fingerprint header.
 *
 * <p>Writers get a {@link io.riffle.schemas.wire.SchemaHandle} once per schema and put its prefix
 * in front of what they encode. Readers start at {@link io.riffle.schemas.wire.WireReader}, which
 * never throws for a bad record. {@link io.riffle.schemas.wire.AvroBytes} encodes and decodes
 * generic records; hot paths bring their own encoders and use {@link
 * io.riffle.schemas.wire.WireFormat}.
 */
package io.riffle.schemas.wire;
