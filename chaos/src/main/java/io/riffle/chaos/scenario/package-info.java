/**
 * What is loaded and what is broken, as a function of the seed alone. Nothing here touches a stack.
 * Start at {@link io.riffle.chaos.scenario.Scenario}.
 */
package io.riffle.chaos.scenario;
