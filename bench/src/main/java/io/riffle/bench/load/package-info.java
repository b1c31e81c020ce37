/**
 * Riffle end to end: from the manifest in S3 until the ledger says COMPLETED, and a look at what is
 * in the tables then. Start at {@link io.riffle.bench.load.ChainLoad}.
 */
package io.riffle.bench.load;
