package io.riffle.console.runbook;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of headings in addresses, as GitHub makes them. For one document, and one thread. */
final class Anchors {
  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> given = new LinkedHashSet<>();

  /** Of the next heading: small letters, hyphens for spaces, a number where it comes again. */
  String next(String heading) {
    String plain =
        heading
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
            .replace(' ', '-');
    int before = seen.merge(plain, 1, Integer::sum) - 1;
    String anchor = before == 0 ? plain : plain + "-" + before;
    given.add(anchor);
    return anchor;
  }

  Set<String> all() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(given));
  }
}
