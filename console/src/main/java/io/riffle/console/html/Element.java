package io.riffle.console.html;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An element with its attributes and children.
 *
 * @param parts {@link Attribute}s first come first served wherever they stand; other values are
 *     children: a {@link Node} is itself, collections and {@link Optional}s are what they hold, all
 *     else is text
 */
record Element(String tag, List<Object> parts) implements Node {
  private static final Set<String> VOID =
      Set.of("meta", "link", "input", "br", "hr", "path", "img");

  @Override
  public void writeTo(StringBuilder out) {
    out.append('<').append(tag);
    attributes(parts, out);
    out.append('>');
    if (!VOID.contains(tag)) {
      children(parts, out);
      out.append("</").append(tag).append('>');
    }
  }

  private static void attributes(Collection<?> parts, StringBuilder out) {
    for (Object part : parts) {
      if (part instanceof Attribute attribute) {
        attribute.writeTo(out);
      } else if (part instanceof Optional<?> maybe && maybe.orElse(null) instanceof Attribute a) {
        a.writeTo(out);
      } else if (part instanceof Collection<?> many) {
        attributes(many, out);
      }
    }
  }

  private static void children(Collection<?> parts, StringBuilder out) {
    parts.forEach(part -> child(part, out));
  }

  private static void child(Object part, StringBuilder out) {
    if (part instanceof Node node) {
      node.writeTo(out);
    } else if (part instanceof Collection<?> many) {
      children(many, out);
    } else if (part instanceof Optional<?> maybe) {
      maybe.ifPresent(held -> child(held, out));
    } else if (!(part instanceof Attribute)) {
      Escape.text(part.toString(), out);
    }
  }
}
