package io.riffle.operations.rejects;

/**
 * Rejects of one kind.
 *
 * @param first when the first of them was rejected, ISO, UTC
 * @param last when the last was
 */
public record RejectCause(
    String reason, String type, String status, long count, String first, String last) {}
