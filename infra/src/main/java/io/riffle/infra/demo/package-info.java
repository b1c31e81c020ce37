/**
 * {@code riffle demo}: generates data sets of all types, loads them through the running stack and
 * shows what arrived. Start at {@link io.riffle.infra.demo.Demo}.
 */
package io.riffle.infra.demo;
