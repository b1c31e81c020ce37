/**
 * A captured database: how to reach it, whether it can be captured, and what Riffle makes in it.
 */
package io.riffle.cdc.source;
