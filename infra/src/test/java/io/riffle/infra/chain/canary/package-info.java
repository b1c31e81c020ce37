/**
 * Health data that would be recognised anywhere, and the places where none of it may be. Start at
 * {@link io.riffle.infra.chain.canary.CanaryIT}; what is looked for is {@link
 * io.riffle.infra.chain.canary.Canary}.
 */
package io.riffle.infra.chain.canary;
