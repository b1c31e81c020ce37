/**
 * Changes of source Postgres databases to topics: which sources there are, the Debezium connectors
 * that read them, their slots and snapshots, and full reloads of tables without a key.
 */
package io.riffle.cdc;
