/**
 * What stands on the sink's topics: {@link io.riffle.sink.record.SinkTopic} tells a topic's part,
 * {@link io.riffle.sink.record.IncomingReader} turns a record into an {@link
 * io.riffle.sink.record.Incoming}. A bad record is a value here, never an exception.
 */
package io.riffle.sink.record;
