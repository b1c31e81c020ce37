/**
 * How captured databases are: slots, snapshots, staging tables. Start at {@link
 * io.riffle.operations.cdc.CdcStatus}.
 */
package io.riffle.operations.cdc;
