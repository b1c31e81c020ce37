/** {@code riffle chaos} on the command line. */
package io.riffle.chaos.cli;
