/**
 * The ledger for the command line and the console: which manifests and files there are, their
 * states and totals, and which objects no manifest lists. Start at {@link
 * io.riffle.operations.ledger.Ledger}; {@link io.riffle.operations.ledger.FileOrders} is what
 * operators order of files.
 */
package io.riffle.operations.ledger;
