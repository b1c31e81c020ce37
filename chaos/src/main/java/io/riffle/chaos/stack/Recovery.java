package io.riffle.chaos.stack;

import java.time.Duration;

/**
 * How long a killed service took, from its new start until it was of use again.
 *
 * @param service without the set's name
 */
public record Recovery(String service, Duration time) {}
