package io.riffle.console.oidc;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds claims by name or dotted path; parts of a path may have dots themselves. */
final class Claims {
  private Claims() {}

  /** A claim that is a text. */
  static Optional<String> text(Map<?, ?> claims, String path) {
    return find(claims, path).filter(String.class::isInstance).map(String.class::cast);
  }

  /** A claim that is a text or a list of texts; whole values, blanks do not part them. */
  static Set<String> texts(Map<?, ?> claims, String path) {
    Object found = find(claims, path).orElse(Set.of());
    Collection<?> all = found instanceof Collection<?> many ? many : Set.of(found);
    return all.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toSet());
  }

  private static Optional<Object> find(Map<?, ?> claims, String path) {
    if (claims.get(path) != null) {
      return Optional.of(claims.get(path));
    }
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
        Optional<Object> found = find(inner, path.substring(dot + 1));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
