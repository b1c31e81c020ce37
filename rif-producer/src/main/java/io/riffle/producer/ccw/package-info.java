/**
 * The CCW as a file source: RIF data sets with manifests in XML, under {@code Incoming/} and {@code
 * Synthetic/Incoming/}. Start at {@link io.riffle.producer.ccw.CcwSource}.
 */
package io.riffle.producer.ccw;
