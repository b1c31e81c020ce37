package io.riffle.producer.ccw;

import io.riffle.producer.manifest.ClaimedIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The element preValidationProperties of synthetic sets: its children in their order. */
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

  private final Map<String, String> values = new HashMap<>();
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

  /** Keeps a child's text; false if it is none that the child may have. */
  boolean put(String child, String value) {
    values.put(child, value);
    return TEXTS.contains(child) || isNumber(value);
  }

  private static boolean isNumber(String value) {
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

  /** What the set claims, once the element has ended; empty if it never began. */
  Optional<ClaimedIds> claimed() {
    return seen
        ? Optional.of(
            new ClaimedIds(
                number("clm_grp_id_start"),
                number("pde_id_start"),
                number("carr_clm_cntl_num_start"),
                values.get("fi_doc_cntl_num_start"),
                values.get("hicn_start"),
                number("bene_id_start"),
                number("clm_id_start"),
                values.get("mbi_start"),
                number("bene_id_end")))
        : Optional.empty();
  }

  private long number(String child) {
    return Long.parseLong(values.get(child));
  }
}
