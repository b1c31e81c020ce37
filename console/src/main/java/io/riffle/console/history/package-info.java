/**
 * What pages know of the last hours: {@link io.riffle.console.history.Ring} keeps values in bounded
 * memory, {@link io.riffle.console.history.HistoryKeeper} keeps them over a restart, in {@link
 * io.riffle.console.history.HistoryFile}.
 */
package io.riffle.console.history;
