/**
 * Avro schemas of RIF and merged records, derived from a layout and, for partial records, from the
 * columns that a file's header has. Start at {@link io.riffle.schemas.avro.RecordSchemas}.
 */
package io.riffle.schemas.avro;
