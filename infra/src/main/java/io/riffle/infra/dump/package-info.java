/**
 * The tables of record as files that can be compared byte by byte, for holding two databases
 * against each other. Start at {@link io.riffle.infra.dump.CanonicalDump}. Riffle's bookkeeping,
 * and what no delivery of records determines (times of writing, numbers from a sequence), is left
 * out.
 */
package io.riffle.infra.dump;
