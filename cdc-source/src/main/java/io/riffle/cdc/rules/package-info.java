/** Rules of obfuscation for a source: checked when it is added, then part of its connector. */
package io.riffle.cdc.rules;
