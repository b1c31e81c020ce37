/**
 * How far groups are behind. {@link io.riffle.operations.lag.LagReader} is where to start: with
 * each look {@link io.riffle.operations.lag.LagCollector} makes a {@link
 * io.riffle.operations.lag.LagSnapshot} of one round of questions to Kafka, and {@link
 * io.riffle.operations.lag.LagHistory} tells rates, trends and states of the last ones.
 *
 * <p>Lag is counted from the committed offset to the last record: transaction markers behind it are
 * none. Markers between records count, as offsets do.
 */
package io.riffle.operations.lag;
