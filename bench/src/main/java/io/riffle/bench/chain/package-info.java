/**
 * The stack that the bench runs on: a set of its own, whose tables may be emptied. Start at {@link
 * io.riffle.bench.chain.BenchChain}.
 */
package io.riffle.bench.chain;
