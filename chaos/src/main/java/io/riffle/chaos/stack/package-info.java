/**
 * The stack that is broken and mended: its folder, its services by plain names, and how long each
 * takes to be of use again. Start at {@link io.riffle.chaos.stack.ChaosStack}.
 */
package io.riffle.chaos.stack;
