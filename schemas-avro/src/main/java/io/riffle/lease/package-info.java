/**
 * The lease of a database: who may write its tables of record, one loader at a time. Start at
 * {@link io.riffle.lease.Lease}, which speaks to the functions of migration V10; {@link
 * io.riffle.lease.HeldLease} is for programs that hold it for the length of one task. Knows no
 * clock: the database's decides when a silent holder may be replaced, and a token whether somebody
 * may write.
 */
package io.riffle.lease;
