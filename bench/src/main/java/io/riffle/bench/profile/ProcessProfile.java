package io.riffle.bench.profile;

import java.util.List;

/**
 * Where one process's CPU went.
 *
 * @param cpuSeconds of all threads that lived to the end
 * @param threads classes of threads, the costliest first
 * @param recording the file that the methods are from; null for what is no JVM
 * @param methods null like it
 */
public record ProcessProfile(
    String name, double cpuSeconds, List<Share> threads, String recording, TopMethods methods) {}
