/**
 * {@code riffle chaos}: random loads under random faults, and whether every promise was kept. A
 * seed decides everything. Start at {@code round.ChaosRun}; what it does in a round, {@code
 * scenario} decides, {@code data} delivers, {@code fault} breaks, and {@code check} holds against
 * {@code reference}, which shares no code with what is tested.
 */
package io.riffle.chaos;
