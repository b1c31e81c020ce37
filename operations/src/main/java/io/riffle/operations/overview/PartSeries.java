package io.riffle.operations.overview;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The series that a program tells Prometheus of its parts, as far as one is not working. */
final class PartSeries {
  private static final Pattern SERIES =
      Pattern.compile("(part_paused|part_stopped|part_waits_for|part_cause)\\{(.*)} 1\\.0");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, Map<String, String>> parts = new TreeMap<>();
  private final String set;

  /**
   * @param lines Prometheus' text format
   * @param set whose parts count
   */
  PartSeries(Stream<String> lines, String set) {
    this.set = set;
    try (lines) {
      lines.filter(line -> line.startsWith("part_")).forEach(this::take);
    }
  }

  private void take(String line) {
    Matcher series = SERIES.matcher(line);
    if (!series.matches()) {
      return; // counters, and parts that work
    }
    Map<String, String> labels = labels(series.group(2));
    if (set.equals(labels.get("set"))) {
      Map<String, String> part =
          parts.computeIfAbsent(labels.get("part"), first -> new HashMap<>());
      part.put(series.group(1), "");
      part.putAll(labels);
    }
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /** Parts of captured databases are in their own pipelines. */
  List<Standing> standings() {
    return parts.values().stream()
        .filter(part -> part.containsKey("part_paused"))
        .filter(part -> !part.get("part").startsWith("cdc-"))
        .map(
            part ->
                Standing.ofPart(
                    part.get("part"),
                    part.containsKey("part_stopped"),
                    part.getOrDefault("neighbour", "a neighbour"),
                    part.getOrDefault("cause", "unknown")))
        .toList();
  }
}
