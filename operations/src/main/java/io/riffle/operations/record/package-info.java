/**
 * Why a record is as it is: the row of a key, which delivered record set each of its fields, and
 * what became of every delivery that can still be seen. Start at {@link
 * io.riffle.operations.record.RecordLookup}; {@link io.riffle.operations.record.RecordAnswer} is
 * what comes out.
 *
 * <p>Three accounts are held against each other ({@link io.riffle.operations.record.Comparison}):
 * the row in the table; the merged record at the row's offset, which says what was written and by
 * which version; and what merge-processor's own rule makes of the deliveries on the raw topic
 * ({@link io.riffle.operations.record.KeyTrace}). There is no second rule here.
 */
package io.riffle.operations.record;
