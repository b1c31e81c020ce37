package io.riffle.merge.topology;

import io.riffle.schemas.layout.Layout;
import java.util.Locale;

/**
 * Names of a type's nodes and stores. The stores' names are part of their changelog topics' names:
 * changing one is a rebuild.
 *
 * @param read names what reads the type's raw records
 * @param part names what they are merged into: the same, but for a type that joins another one
 */
record TypeNames(String read, String part) {

  static TypeNames of(Layout layout) {
    String part = layout.joins().map(TypeNames::lower).orElse(layout.topicPart());
    return new TypeNames(layout.topicPart(), part);
  }

  private static String lower(String type) {
    return type.toLowerCase(Locale.ROOT);
  }

  String source() {
    return "read-raw-" + read;
  }

  String processor() {
    return "merge-" + read;
  }

  String keys() {
    return "keys-" + part;
  }

  String totals() {
    return "totals-" + part;
  }

  String merged() {
    return "write-merged-" + part;
  }

  String parked() {
    return "write-parked-" + part;
  }

  String rejects() {
    return "write-rejects-" + part;
  }
}
