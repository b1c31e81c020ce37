/**
 * How all programs reach Postgres. {@link io.riffle.postgres.ImpatientSockets} bounds what the
 * driver leaves without a bound.
 */
package io.riffle.postgres;
