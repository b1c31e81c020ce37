/**
 * What the database knows of manifests, files and their loads. Each class is one subject: {@link
 * io.riffle.producer.ledger.ManifestLedger}, {@link io.riffle.producer.ledger.FileLedger}, {@link
 * io.riffle.producer.ledger.AttemptLedger}. All share a {@link io.riffle.producer.ledger.Database},
 * which belongs to one thread.
 */
package io.riffle.producer.ledger;
