/** What the console tells Prometheus: lags, files, rejects. Names only, never a key or value. */
package io.riffle.console.metrics;
