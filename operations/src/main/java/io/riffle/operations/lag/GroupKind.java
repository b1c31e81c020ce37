package io.riffle.operations.lag;

/** By which protocol the members of a group share their work. */
public enum GroupKind {
  /** Consumers, the older protocol. */
  CLASSIC,
  /** Consumers, KIP-848. */
  CONSUMER,
  /** Kafka Streams, KIP-1071. */
  STREAMS,
  /** Tasks of a sink connector. */
  CONNECT
}
