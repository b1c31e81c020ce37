package io.riffle.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the properties file (UTF-8); a key given twice is a problem, not a silent last word. */
final class SettingsFile {
  private SettingsFile() {}

  static Map<String, String> read(Path file, List<ConfigProblem> problems) {
    Map<String, String> values = new TreeMap<>();
    Properties properties = new OncePerKey(values, problems);
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(new ConfigProblem(file.toString(), "", "cannot be read: " + e));
    }
    return values;
  }

  /** {@link Properties} knows the file's syntax; the entries go to our own map. */
  private static final class OncePerKey extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, String> values;
    private final transient List<ConfigProblem> problems;

    OncePerKey(Map<String, String> values, List<ConfigProblem> problems) {
      this.values = values;
      this.problems = problems;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
      if (values.put(key.toString(), value.toString().strip()) != null) {
        problems.add(new ConfigProblem(key.toString(), "", "is given twice in the file"));
      }
      return null;
    }
  }
}
