/**
 * Hides sensitive columns of change events while Kafka Connect carries them, before they are on any
 * topic.
 *
 * <p>Start at {@link io.riffle.cdc.obfuscate.Obfuscate}; {@link io.riffle.cdc.obfuscate.RuleBook}
 * says which column is hidden how. The same value becomes the same text in every table and at every
 * run, as long as the key is the same. No exception, and nothing logged, holds a value or the key.
 */
package io.riffle.cdc.obfuscate;
