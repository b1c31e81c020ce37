/**
 * {@code riffle demo}: generates data sets of all types, loads them through the running stack and
 * shows what arrived ({@link io.riffle.infra.demo.Demo}); captures two sample sources, changes them
 * and shows what arrived of that ({@link io.riffle.infra.demo.CapturedDemo}), and goes on with it
 * ({@link io.riffle.infra.demo.LiveChanges}).
 */
package io.riffle.infra.demo;
