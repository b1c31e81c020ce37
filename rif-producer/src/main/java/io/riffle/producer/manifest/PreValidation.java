package io.riffle.producer.manifest;

import java.util.List;
import java.util.Set;

/**
 * The element preValidationProperties of synthetic sets: its children in their order. It is checked
 * and then left alone; nothing here rests on its numbers.
 */
final class PreValidation {

  private static final List<String> CHILDREN =
      List.of(
          "clm_grp_id_start",
          "pde_id_start",
          "carr_clm_cntl_num_start",
          "fi_doc_cntl_num_start",
          "hicn_start",
          "bene_id_start",
          "clm_id_start",
          "mbi_start",
          "bene_id_end",
          "clm_id_end",
          "pde_id_end",
          "generated");
  private static final int REQUIRED = CHILDREN.size() - 1;
  private static final Set<String> TEXTS =
      Set.of("fi_doc_cntl_num_start", "hicn_start", "mbi_start", "generated");

  private boolean seen;
  private boolean open;
  private int next;

  void open() {
    seen = true;
    open = true;
  }

  boolean isSeen() {
    return seen;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the child may come now. */
  boolean accepts(String child) {
    return next < CHILDREN.size() && CHILDREN.get(next++).equals(child);
  }

  static boolean isValue(String child, String value) {
    if (TEXTS.contains(child)) {
      return true;
    }
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Ends the element; false if children are missing, from {@link #expected()} on. */
  boolean close() {
    open = false;
    return next >= REQUIRED;
  }

  String expected() {
    return CHILDREN.get(next);
  }
}
