package io.riffle.operations.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of an operator's order to files.
 *
 * @param files one for each that was meant, by S3 key
 */
public record Ordered(List<Each> files) {

  public Ordered {
    files = List.copyOf(files);
  }

  /**
   * One file, or a manifest that has none.
   *
   * @param was the state before
   * @param refusal why nothing was done, if nothing was
   */
  public record Each(String key, String was, Optional<String> refusal) {}

  /** Files for which it was done. */
  public List<Each> done() {
    return files.stream().filter(each -> each.refusal().isEmpty()).toList();
  }

  public List<Each> refused() {
    return files.stream().filter(each -> each.refusal().isPresent()).toList();
  }

  /** Whether there was something to do, and all of it was done. */
  public boolean isAll() {
    return !files.isEmpty() && refused().isEmpty();
  }

  /** How many there were of which state, such as {@code 2 TOO_OLD, 1 WAITING}. */
  public String before() {
    Map<String, Long> counts =
        files.stream()
            .collect(Collectors.groupingBy(Each::was, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** How many there are of which outcome. */
  public String after(FileOrder order) {
    return done().size() + " " + order.state() + ", " + refused().size() + " refused";
  }
}
