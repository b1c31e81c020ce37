/**
 * What is done to the stack, one class for each kind, and how it is undone. A new kind is a class,
 * a constant of {@link io.riffle.chaos.scenario.FaultKind} and a line in {@link
 * io.riffle.chaos.fault.Faults}.
 */
package io.riffle.chaos.fault;
