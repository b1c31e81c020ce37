package io.riffle.failure;

/** Who failed. */
public enum Neighbour {
  POSTGRES,
  KAFKA,
  REGISTRY,
  S3,
  /** Local states of Kafka Streams: the disk of the process itself. */
  STATE,
  /** The program, or what it found. */
  RIFFLE
}
