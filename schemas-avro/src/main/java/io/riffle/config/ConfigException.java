package io.riffle.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is unusable; the message lists every problem, one per line. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** All problems of one start; at least one. */
  public ConfigException(List<ConfigProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** One problem, for the compact constructor of a configuration record. */
  public ConfigException(String key, Object value, String reason) {
    this(List.of(new ConfigProblem(key, String.valueOf(value), reason)));
  }

  /** What is wrong, in the order it was found. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String message(List<ConfigProblem> problems) {
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "The configuration has problems:", ""));
  }
}
