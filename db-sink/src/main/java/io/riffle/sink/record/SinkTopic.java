package io.riffle.sink.record;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.staging.CapturedTable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic that the sink reads.
 *
 * @param name the whole name
 * @param generation from the name's end {@code .gN}; 0 without one
 * @param layout of a merged topic, never one that joins another type's; empty for other topics
 * @param captured the table of a topic of change events, which has no generation; empty for other
 *     topics
 */
public record SinkTopic(
    String name, int generation, Optional<Layout> layout, Optional<CapturedTable> captured) {
  private static final Pattern GENERATION = Pattern.compile("(.*)\\.g([1-9][0-9]{0,8})");

  /**
   * The topic's part in a set, of any generation; empty when the sink has nothing to do with it.
   */
  public static Optional<SinkTopic> of(String name, Topics set, Layouts layouts) {
    Optional<CapturedTable> captured = CapturedTable.of(name, set);
    if (captured.isPresent()) {
      return Optional.of(new SinkTopic(name, 0, Optional.empty(), captured));
    }
    Topics topics = set.at(0);
    Matcher matcher = GENERATION.matcher(name);
    boolean numbered = matcher.matches();
    String base = numbered ? matcher.group(1) : name;
    int generation = numbered ? Integer.parseInt(matcher.group(2)) : 0;
    if (base.equals(topics.parked()) || base.equals(topics.rejects())) {
      return Optional.of(new SinkTopic(name, generation, Optional.empty(), Optional.empty()));
    }
    return layouts.all().stream()
        .filter(layout -> layout.joins().isEmpty() && topics.merged(layout).equals(base))
        .findFirst()
        .map(layout -> new SinkTopic(name, generation, Optional.of(layout), Optional.empty()));
  }

  /** Whether its records are rows of a table; parked records and rejects are none. */
  public boolean isOfTable() {
    return layout.isPresent() || captured.isPresent();
  }

  /** The table that its records go to first; of parked records and rejects the topic. */
  public String table() {
    return layout
        .map(Layout::headerTable)
        .or(() -> captured.map(CapturedTable::toString))
        .orElse(name);
  }

  /** The RIF type or the staging table or, where there is neither, the topic. */
  public String type() {
    return layout.map(Layout::type).or(() -> captured.map(CapturedTable::toString)).orElse(name);
  }
}
