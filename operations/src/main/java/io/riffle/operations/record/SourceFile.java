package io.riffle.operations.record;

/**
 * A file of the ledger as the source of records.
 *
 * @param manifest S3 key of the manifest that names it
 * @param name of the file within its data set
 * @param type the base type
 * @param merge whether it is a _MERGE file
 */
public record SourceFile(long id, String manifest, String name, String type, boolean merge) {}
