/** {@code riffle bench} on the command line. Start at {@link io.riffle.bench.cli.BenchCommand}. */
package io.riffle.bench.cli;
