/**
 * The parser workers: one Kafka transaction per split with its records, rejects, progress record
 * and offset. Start at {@link io.riffle.producer.publish.WorkerSession}.
 */
package io.riffle.producer.publish;
