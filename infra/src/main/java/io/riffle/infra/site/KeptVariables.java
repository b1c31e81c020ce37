package io.riffle.infra.site;

import io.riffle.operations.site.SetName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Variables of whoever starts a stack that its programs are to have: {@code RIFFLE_HASH_*} (pepper
 * and iterations), {@code RIFFLE_CONSOLE_OIDC_*}, {@code RIFFLE_CONSOLE_URL} and {@code
 * RIFFLE_CONSOLE_TRANSPORT}. The stack keeps them, in a file that only its owner reads: who starts
 * a program again at night has not got the shell of who started it first.
 */
public final class KeptVariables {
  private static final Pattern KEPT =
      Pattern.compile("RIFFLE_HASH_.+|RIFFLE_CONSOLE_(OIDC_.+|URL|TRANSPORT)");

  private final Path file;
  private final String prefix;
  private final Map<String, String> values;

  private KeptVariables(Path file, String prefix, Map<String, String> values) {
    this.file = file;
    this.prefix = prefix;
    this.values = values;
  }

  /**
   * Those of a set that were kept, and what an environment says otherwise; an empty variable takes
   * one back.
   */
  public static KeptVariables of(Path file, SetName set, Map<String, String> environment) {
    String prefix = set.text() + "/";
    Map<String, String> values = new TreeMap<>();
    StoredProperties.read(file)
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                values.put(name.substring(prefix.length()), value);
              }
            });
    environment.forEach(
        (name, value) -> {
          if (KEPT.matcher(name).matches()) {
            values.put(name, value);
          }
        });
    values.values().removeIf(String::isBlank);
    return new KeptVariables(file, prefix, values);
  }

  public Map<String, String> values() {
    return values;
  }

  /** Keeps them. */
  public void keep() {
    Map<String, String> stored = StoredProperties.read(file);
    Map<String, String> all = new TreeMap<>(stored);
    all.keySet().removeIf(name -> name.startsWith(prefix));
    values.forEach((name, value) -> all.put(prefix + name, value));
    if (!all.equals(stored)) {
      Properties properties = new Properties();
      properties.putAll(all);
      StoredProperties.write(file, properties, "rw-------");
    }
  }
}
