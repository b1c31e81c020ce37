/**
 * The keyed hashes of Medicare numbers: PBKDF2 with a secret pepper. Start at {@link
 * io.riffle.producer.hash.HashCache}, which the parser asks; {@link
 * io.riffle.producer.hash.KeyedHash} does the work; {@link io.riffle.producer.hash.HashCheck} keeps
 * one database to one pepper.
 */
package io.riffle.producer.hash;
