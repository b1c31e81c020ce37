/**
 * Data set manifests: from the bytes of {@code <n>_manifest.xml} to a checked {@link
 * io.riffle.producer.manifest.Manifest} or the reason why not. Start at {@link
 * io.riffle.producer.manifest.ManifestReader}. Knows neither S3 nor the ledger.
 */
package io.riffle.producer.manifest;
