package io.riffle.operations.lag;

/**
 * Who reads a partition.
 *
 * @param host as the broker sees it, without a port
 */
public record Member(String consumer, String client, String host) {}
