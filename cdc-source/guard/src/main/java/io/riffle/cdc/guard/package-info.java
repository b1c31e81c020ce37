/**
 * Whether a replication slot still has every change that was not read. The Connect worker asks that
 * before each start of Debezium ({@link io.riffle.cdc.guard.GuardedPostgresConnector}), which by
 * itself makes a slot that is missing and reads on from one that somebody has advanced; cdc-source
 * asks the same to tell operators ({@link io.riffle.cdc.guard.GapCheck}).
 *
 * <p>And {@link io.riffle.cdc.guard.WithoutDefaults}, for the sake of NULL, and {@link
 * io.riffle.cdc.guard.RememberedSchemas}, for that of speed.
 */
package io.riffle.cdc.guard;
