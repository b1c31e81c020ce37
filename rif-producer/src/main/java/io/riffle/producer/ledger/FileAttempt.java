package io.riffle.producer.ledger;

/** One load of a file. */
public record FileAttempt(long file, int attempt) {}
