/** What is kept of sources in the target database: schema {@code riffle}, migration V18. */
package io.riffle.cdc.ledger;
