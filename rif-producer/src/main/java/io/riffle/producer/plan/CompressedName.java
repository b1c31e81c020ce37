package io.riffle.producer.plan;

/** Which files are gzip: those whose name says so. */
final class CompressedName {

  private CompressedName() {}

  static boolean matches(String fileName) {
    return fileName.endsWith(".gz");
  }
}
