/**
 * The keyed hashes of Medicare numbers: PBKDF2 with a secret pepper. Start at {@link
 * io.riffle.producer.hash.HashCache}, which the parser asks; {@link
 * io.riffle.producer.hash.KeyedHash} does the work.
 */
package io.riffle.producer.hash;
