/**
 * How far groups are behind. {@link io.riffle.operations.lag.LagCollector} is where to start: one
 * round of questions to Kafka gives a {@link io.riffle.operations.lag.LagSnapshot}; {@link
 * io.riffle.operations.lag.LagHistory} keeps some of them, and tells rates, trends and states.
 *
 * <p>Lag is counted from the committed offset to the last record: transaction markers behind it are
 * none. Markers between records count, as offsets do.
 */
package io.riffle.operations.lag;
