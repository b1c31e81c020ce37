package io.riffle.cdc.guard;

/**
 * What Riffle knows of the source and the slot that it reads.
 *
 * @param slot name of the slot
 * @param system identifier of the server's data
 * @param timeline the server's, which grows with each failover or restore
 * @param slotLsn where the slot began when it was made for this epoch
 */
public record Expected(String slot, String system, int timeline, long slotLsn) {}
