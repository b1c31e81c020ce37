package io.riffle.sink.staging;

/**
 * A column as the schema of change events describes it.
 *
 * @param name in the source, and in the staging table
 */
record SourceColumn(String name, TypeSpec type, ValueReader reader) {}
