package io.riffle.merge.record;

/**
 * A row whose structure was checked, and where its parts stand.
 *
 * @param start of the first header field
 * @param headerEnd behind the last header field
 * @param hasLines whether the schema has lines at all
 */
public record RowScan(byte[] bytes, int start, int headerEnd, boolean hasLines, LineScan lines) {}
