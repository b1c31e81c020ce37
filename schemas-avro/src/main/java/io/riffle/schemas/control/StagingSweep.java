package io.riffle.schemas.control;

/**
 * Written to the topic of a captured table once every row of a snapshot or a reload is there: what
 * the table had when that began has been sent again, or changed since. Rows of the staging table
 * whose version is older than (epoch, commit, lsn) are gone in the source.
 *
 * @param source name of the captured source
 * @param schema of the table, in the source
 * @param epoch grows when slot, timeline or system identifier of the source change
 * @param commit position of the last commit in the source when the snapshot began
 * @param lsn position in the source's log when the snapshot began
 * @param time when the rows count as deleted: microseconds since 1970-01-01T00:00Z
 */
public record StagingSweep(
    String source, String schema, String table, int epoch, long commit, long lsn, long time) {}
