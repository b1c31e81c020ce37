/**
 * The records with which the parts of Riffle speak to each other: where a record came from, splits
 * and their progress, barriers, rejects, parked keys. Each is a Java record; {@link
 * io.riffle.schemas.control.ControlCodec} derives its Avro schema and converts both ways, so that
 * the Java type is the one truth. Start at {@link io.riffle.schemas.control.Origin}.
 */
package io.riffle.schemas.control;
