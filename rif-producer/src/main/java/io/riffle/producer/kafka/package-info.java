/**
 * Clients of Kafka as this program wants them, and control records on their way in and out. Start
 * at {@link io.riffle.producer.kafka.KafkaConfig}.
 */
package io.riffle.producer.kafka;
