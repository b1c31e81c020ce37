package io.riffle.sink.record;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic that the sink reads.
 *
 * @param name the whole name
 * @param generation from the name's end {@code .gN}; 0 without one
 * @param layout of a merged topic, never one that joins another type's; empty for the parked and
 *     the rejects topic
 */
public record SinkTopic(String name, int generation, Optional<Layout> layout) {
  private static final Pattern GENERATION = Pattern.compile("(.*)\\.g([1-9][0-9]{0,8})");

  /**
   * The topic's part in a set, of any generation; empty when the sink has nothing to do with it.
   */
  public static Optional<SinkTopic> of(String name, Topics set, Layouts layouts) {
    Topics topics = set.at(0);
    Matcher matcher = GENERATION.matcher(name);
    boolean numbered = matcher.matches();
    String base = numbered ? matcher.group(1) : name;
    int generation = numbered ? Integer.parseInt(matcher.group(2)) : 0;
    if (base.equals(topics.parked()) || base.equals(topics.rejects())) {
      return Optional.of(new SinkTopic(name, generation, Optional.empty()));
    }
    return layouts.all().stream()
        .filter(layout -> layout.joins().isEmpty() && topics.merged(layout).equals(base))
        .findFirst()
        .map(layout -> new SinkTopic(name, generation, Optional.of(layout)));
  }

  /** The RIF type or, where there is none, the topic. */
  public String type() {
    return layout.map(Layout::type).orElse(name);
  }
}
