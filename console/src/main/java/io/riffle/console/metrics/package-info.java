/**
 * What the console tells Prometheus: lags, files, rejects, slots. Names only, never a key or value.
 */
package io.riffle.console.metrics;
