/**
 * What a data set's manifest says, whatever its source and form: a checked {@link
 * io.riffle.producer.manifest.Manifest} or the reason why not. Start at {@link
 * io.riffle.producer.manifest.ManifestReading}. Knows neither S3 nor the ledger.
 */
package io.riffle.producer.manifest;
