/**
 * RIF files in S3 to records on topics. Start at {@link io.riffle.producer.RifProducer}; the way of
 * a file goes through the packages source, scan, plan, publish and barrier.
 */
package io.riffle.producer;
