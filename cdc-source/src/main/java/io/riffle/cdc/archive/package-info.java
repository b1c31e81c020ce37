/**
 * The archive of change events: every event of a captured table as a row of a gzipped CSV file in
 * S3, and back onto the table's topic.
 *
 * <p>{@link io.riffle.cdc.archive.Archiver} writes, {@link io.riffle.cdc.archive.ArchiveLoad} reads
 * back. A file is a run of offsets of one topic with one schema and one day; it is there once its
 * manifest is. Files may overlap, after a crash: rows carry their versions.
 */
package io.riffle.cdc.archive;
