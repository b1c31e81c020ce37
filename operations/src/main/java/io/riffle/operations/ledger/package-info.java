/**
 * Reads the ledger for the command line: which manifests and files there are, their states and
 * totals, and which objects no manifest lists. Start at {@link io.riffle.operations.ledger.Ledger}.
 */
package io.riffle.operations.ledger;
