/**
 * Rejected records for the command line: what there is, and what an operator does about it. Status
 * changes go through the functions of schema {@code riffle}. Start at {@link
 * io.riffle.operations.rejects.RejectLedger}.
 */
package io.riffle.operations.rejects;
