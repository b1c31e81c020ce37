package io.riffle.cdc.obfuscate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Names from lists of the plug-in's own. Equal names become equal ones; so may different ones. */
final class Names {
  private static final List<String> FIRST = list("first-names.txt");
  private static final List<String> LAST = list("last-names.txt");

  private final Keyed keyed;

  Names(Keyed keyed) {
    this.keyed = keyed;
  }

  String other(String name, Method.Name.Part part) {
    for (int attempt = 0; ; attempt++) {
      String found = chosen(name + "\0" + attempt, part);
      if (!tells(found, name)) {
        return found;
      }
    }
  }

  private String chosen(String seed, Method.Name.Part part) {
    return switch (part) {
      case FIRST -> from(FIRST, "first name", seed);
      case LAST -> from(LAST, "last name", seed);
      case FULL -> from(FIRST, "first name", seed) + " " + from(LAST, "last name", seed);
    };
  }

  private String from(List<String> list, String purpose, String seed) {
    return list.get(keyed.pick(purpose, seed, list.size()));
  }

  /** Short ones, like an initial, are in many names and tell nothing. */
  private static boolean tells(String found, String name) {
    String stripped = name.strip().toLowerCase(Locale.ROOT);
    return stripped.length() > 2 && found.toLowerCase(Locale.ROOT).contains(stripped);
  }

  private static List<String> list(String resource) {
    try (InputStream in = Names.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
