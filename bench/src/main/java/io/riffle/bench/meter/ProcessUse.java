package io.riffle.bench.meter;

/**
 * What a process used while something was measured.
 *
 * @param name the service's, or {@link Meter#CLIENT}
 * @param cpuSeconds user and system, of its children too
 * @param compilerSeconds of these, what the JIT compiler took; 0 for what is no JVM
 * @param peakMemoryBytes the most that was resident: since its start, but for Postgres, whose
 *     processes are looked at together while the clock runs
 */
public record ProcessUse(
    String name, double cpuSeconds, double compilerSeconds, long peakMemoryBytes) {}
