/**
 * A seeded fuzzer over the whole producer in process: good RIF files, objects and manifests, then a
 * few steps away from them, then everything that must hold whatever the input. Start at {@link
 * io.riffle.producer.fuzz.FuzzTest}; a case is all that follows from its seed, so a seed is all
 * that it takes to see it again.
 */
package io.riffle.producer.fuzz;
