package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members of a JSON value: {@code $.contact.phone}, {@code $.*.phone} (any member), {@code
 * $..phone} (at any depth), {@code $.phones[*]}. Arrays are no step of their own: a path to an
 * array means each of its items, with or without {@code [*]}.
 */
final class JsonPath {
  private static final String ANY = "*";
  private static final String DEEP = "**";
  private static final Pattern STEP = Pattern.compile("(\\.\\.?)([^.\\[\\]$]+)((?:\\[\\*])*)");

  private final String text;
  private final List<String> steps;

  private JsonPath(String text, List<String> steps) {
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static JsonPath of(String text) {
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (matcher.find(at) && matcher.start() == at) {
      if (matcher.group(1).length() > 1) {
        steps.add(DEEP);
      }
      steps.add(matcher.group(2));
      at = matcher.end();
    }
    if (at != text.length() || steps.isEmpty()) {
      throw new IllegalArgumentException("must be like $.contact.phone or $..phone: " + text);
    }
    return new JsonPath(text, steps);
  }

  /**
   * Whether a value is meant, or is within one that is meant.
   *
   * @param names of the members from the outermost to the value
   */
  boolean covers(List<String> names) {
    return covers(names, 0, 0);
  }

  private boolean covers(List<String> names, int name, int step) {
    if (step == steps.size()) {
      return true;
    }
    if (steps.get(step).equals(DEEP)) {
      return covers(names, name, step + 1)
          || (name < names.size() && covers(names, name + 1, step));
    }
    boolean fits =
        name < names.size()
            && (steps.get(step).equals(ANY) || steps.get(step).equals(names.get(name)));
    return fits && covers(names, name + 1, step + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
