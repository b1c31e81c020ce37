package io.riffle.producer.ledger;

/**
 * A manifest that is in the ledger.
 *
 * @param contentHash SHA-256 of its bytes when it was recorded, lower-case hex
 */
public record KnownManifest(long id, String contentHash, FileState state) {}
