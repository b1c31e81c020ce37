/**
 * The parts of the stack: what each needs, how it is started and how one sees that it works.
 *
 * <p>Start at {@link io.riffle.infra.component.Component}; the list is {@link
 * io.riffle.infra.component.Components}. Processes are started elsewhere.
 */
package io.riffle.infra.component;
