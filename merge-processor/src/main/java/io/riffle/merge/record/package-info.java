/**
 * Records on the topics, from and to bytes. Values of fields stay encoded: a plan that is compiled
 * once per writer schema finds where they stand, and they are copied as they are.
 *
 * <p>In: {@link io.riffle.merge.record.RawReader} tells what a raw value is and finds its fields
 * ({@link io.riffle.merge.record.RowPlan}, {@link io.riffle.merge.record.RowScan}). Out: {@link
 * io.riffle.merge.record.MergedWriter}, {@link io.riffle.merge.record.ControlWriter}. The row of a
 * merged record is written by {@link io.riffle.merge.record.Row}, in one form only: lines in
 * ascending order, in one Avro block, so that equal rows are equal bytes.
 */
package io.riffle.merge.record;
