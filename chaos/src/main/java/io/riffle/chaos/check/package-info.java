/**
 * The promises, and how each is looked at. A finding names files, tables, columns and counts, never
 * a value or a key. Start at {@link io.riffle.chaos.check.Promises}.
 */
package io.riffle.chaos.check;
