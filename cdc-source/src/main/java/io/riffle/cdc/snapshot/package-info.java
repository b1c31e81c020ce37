/**
 * Snapshots by Debezium: asked for by a signal, followed by its notifications, ended by a sweep.
 */
package io.riffle.cdc.snapshot;
