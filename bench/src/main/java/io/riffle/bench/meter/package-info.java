/**
 * What processes of this machine use: CPU, memory, heap, and the CPU of their threads, all read
 * from {@code /proc}. Start at {@link io.riffle.bench.meter.Meter}.
 */
package io.riffle.bench.meter;
