/**
 * What failures of neighbours mean, and pauses that are told. Start at {@link
 * io.riffle.failure.Failures}, which finds out what failed, and {@link io.riffle.failure.Pause},
 * which tells operators. The rules are one table, {@code failures.txt}; {@code docs/reliability.md}
 * shows it. Knows no driver and no client: exceptions are told apart by SQLSTATE, HTTP status and
 * name.
 */
package io.riffle.failure;
