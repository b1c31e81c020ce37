package io.riffle.config;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where values come from: the environment first, then the file. */
final class SettingsSource {
  static final String ENVIRONMENT_PREFIX = "RIFFLE_";

  private final Map<String, String> file;
  private final Map<String, String> environment;

  SettingsSource(Map<String, String> file, Map<String, String> environment) {
    this.file = Map.copyOf(file);
    this.environment = Map.copyOf(environment);
  }

  /** A blank value counts as not given: compose files and charts pass empty variables on. */
  Optional<Found> find(String key) {
    return given(environment.get(variable(key)))
        .map(value -> new Found(value, Origin.ENVIRONMENT))
        .or(() -> given(file.get(key)).map(value -> new Found(value, Origin.FILE)));
  }

  /** Values under a prefix, without it; in variables {@code _} stands for a dot. */
  Map<String, Found> under(String prefix) {
    Map<String, Found> found = new TreeMap<>();
    file.forEach((key, value) -> put(found, prefix, key, new Found(value, Origin.FILE)));
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(ENVIRONMENT_PREFIX)) {
            put(found, prefix, dotted(variable), new Found(value, Origin.ENVIRONMENT));
          }
        });
    return found;
  }

  Set<String> fileKeys() {
    return file.keySet();
  }

  /** Given variables of {@code key.anything} that stand for none of the keys. */
  List<String> variablesBelow(String key, Set<String> keys) {
    Set<String> asked = keys.stream().map(SettingsSource::variable).collect(toSet());
    return environment.entrySet().stream()
        .filter(entry -> given(entry.getValue()).isPresent())
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(variable(key + ".")) && !asked.contains(name))
        .sorted()
        .toList();
  }

  static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static void put(Map<String, Found> into, String prefix, String key, Found found) {
    if (key.startsWith(prefix) && key.length() > prefix.length()) {
      into.put(key.substring(prefix.length()), found);
    }
  }

  private static String dotted(String variable) {
    String name = variable.substring(ENVIRONMENT_PREFIX.length());
    return name.toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static Optional<String> given(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A value and where it stands. */
  record Found(String value, Origin origin) {}

  enum Origin {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    SECRET_FILE
  }
}
