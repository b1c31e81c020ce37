package io.riffle.merge.topology;

import io.riffle.schemas.layout.Layout;

/**
 * Names of a type's nodes and stores. The stores' names are part of their changelog topics' names:
 * changing one is a rebuild.
 */
record TypeNames(String part) {

  static TypeNames of(Layout layout) {
    return new TypeNames(layout.topicPart());
  }

  String source() {
    return "read-raw-" + part;
  }

  String processor() {
    return "merge-" + part;
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
