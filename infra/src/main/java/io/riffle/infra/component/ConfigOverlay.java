package io.riffle.infra.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file of the repository with the values of one stack put in: lines {@code key =
 * value} whose key is overridden are replaced in place, other overrides are added at the end. Works
 * for Java properties and for postgresql.conf.
 */
final class ConfigOverlay {
  private final Path template;
  private final Map<String, String> overrides = new LinkedHashMap<>();

  private ConfigOverlay(Path template) {
    this.template = template;
  }

  static ConfigOverlay of(Path template) {
    return new ConfigOverlay(template);
  }

  ConfigOverlay with(String key, Object value) {
    overrides.put(key, value.toString());
    return this;
  }

  /** Writes the result for the process to read, and returns it. */
  String writeTo(Path target) {
    String text = render();
    try {
      Files.createDirectories(target.getParent());
      Files.writeString(target, text);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  String render() {
    Map<String, String> left = new LinkedHashMap<>(overrides);
    List<String> lines = new ArrayList<>();
    for (String line : read()) {
      String key = key(line);
      String value = overrides.get(key);
      lines.add(value == null ? line : key + "=" + value);
      left.remove(key);
    }
    left.forEach((key, value) -> lines.add(key + "=" + value));
    return String.join("\n", lines) + "\n";
  }

  private List<String> read() {
    try {
      return Files.readAllLines(template, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + template, e);
    }
  }

  /** Empty for comments and blank lines. */
  private static String key(String line) {
    String text = line.strip();
    int equals = text.indexOf('=');
    return text.startsWith("#") || equals < 0 ? "" : text.substring(0, equals).strip();
  }
}
