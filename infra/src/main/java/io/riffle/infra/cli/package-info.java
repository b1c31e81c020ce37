/**
 * The {@code riffle} command: one class per subcommand, listed in {@link
 * io.riffle.infra.cli.Riffle}. Results go to stdout, progress and errors to stderr.
 */
package io.riffle.infra.cli;
