/**
 * Avro bytes of merged records into rows of {@code COPY … (FORMAT binary)}, without an object per
 * field. Start at {@link io.riffle.sink.copy.CopyPlan}; {@link io.riffle.sink.copy.CopyColumns}
 * tells which columns the rows have.
 */
package io.riffle.sink.copy;
