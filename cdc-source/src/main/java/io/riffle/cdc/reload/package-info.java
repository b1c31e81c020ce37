/** Full reloads of tables without a key, in the shape of Debezium's events. */
package io.riffle.cdc.reload;
