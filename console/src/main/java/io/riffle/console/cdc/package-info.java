/** Captured databases: slots, snapshots, staging tables. */
package io.riffle.console.cdc;
