package io.riffle.bench.report;

/**
 * Where it was measured.
 *
 * @param jdk version of the Java that this program and all services run on
 */
public record Machine(String jdk, int cores) {

  public static Machine here() {
    return new Machine(
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors());
  }
}
