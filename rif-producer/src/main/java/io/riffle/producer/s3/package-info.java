/**
 * The bucket: listing, small objects whole, large ones as streams that survive a broken connection.
 * Start at {@link io.riffle.producer.s3.ObjectStore}.
 */
package io.riffle.producer.s3;
