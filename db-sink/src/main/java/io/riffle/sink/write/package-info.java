/**
 * The database side: a {@link io.riffle.sink.write.Batch} of records becomes one transaction.
 *
 * <p>Start at {@link io.riffle.sink.write.BatchWriter}, which has the order of statements; rows of
 * a type are written by {@link io.riffle.sink.write.TypeWriter}. Exceptions of the driver may quote
 * values, so none leaves this package: {@link io.riffle.failure.SqlFailures} says what is left of
 * them.
 */
package io.riffle.sink.write;
