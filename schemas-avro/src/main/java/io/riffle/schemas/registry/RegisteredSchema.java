package io.riffle.schemas.registry;

import org.apache.avro.Schema;

/**
 * A version of a subject.
 *
 * @param version counts from 1 within the subject
 * @param id the id that goes on the wire
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
