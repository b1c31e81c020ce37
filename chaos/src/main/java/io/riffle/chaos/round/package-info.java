/**
 * A run: rounds of deliveries and faults, a wait until all is settled, and a look at the promises.
 * Start at {@link io.riffle.chaos.round.ChaosRun}.
 */
package io.riffle.chaos.round;
