/**
 * Where the CPU of each process goes: by classes of threads, and by the methods that a flight
 * recording has found at work. Start at {@link io.riffle.bench.profile.Profiler}.
 */
package io.riffle.bench.profile;
