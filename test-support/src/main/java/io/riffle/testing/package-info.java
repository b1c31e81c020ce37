/**
 * Real neighbours for tests: Postgres, Kafka, S3 and a schema registry, as JUnit 5 extensions.
 *
 * <p>A test says {@code @ExtendWith(KafkaExtension.class)} and takes a {@link
 * io.riffle.testing.TestKafka} as parameter. Each server starts when first asked for, on free
 * ports, serves all test classes of the JVM and ends with it. Kafka, S3 and the registry run as
 * child JVMs with class paths of their own, so that a module's tests see only the clients.
 */
package io.riffle.testing;
