/**
 * The local stack as a whole: start, stop, kill, look.
 *
 * <p>Start at {@link io.riffle.infra.stack.LocalStack}, which the command line and the end-to-end
 * tests share.
 */
package io.riffle.infra.stack;
