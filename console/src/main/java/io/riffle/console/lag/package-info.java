/**
 * Lag: {@link io.riffle.console.lag.LagWatch} looks at it all the time and keeps a day of it; pages
 * and programs are shown what it has.
 */
package io.riffle.console.lag;
