package io.riffle.failure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The rules of {@code failures.txt}. */
public final class FailureTable {
  private static final String FILE = "failures.txt";
  private static final FailureTable BUILT_IN = new FailureTable(read());

  private final List<FailureRule> rules;

  private FailureTable(List<FailureRule> rules) {
    this.rules = rules;
  }

  public static FailureTable builtIn() {
    return BUILT_IN;
  }

  /** All rules, in the order of the file. */
  public List<FailureRule> rules() {
    return rules;
  }

  /** The rule of exactly this code. */
  Optional<FailureRule> find(Neighbour neighbour, String code) {
    return rules.stream()
        .filter(rule -> rule.neighbour() == neighbour && rule.code().equals(code))
        .findFirst();
  }

  /** The rule for codes that have none. */
  FailureRule other(Neighbour neighbour) {
    return find(neighbour, FailureRule.OTHER).orElseThrow();
  }

  private static List<FailureRule> read() {
    try (InputStream in = FailureTable.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(FailureTable::rule)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static FailureRule rule(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 5) {
      throw new IllegalStateException(FILE + ": five cells in: " + line);
    }
    return new FailureRule(
        Neighbour.valueOf(cells[0].strip()),
        cells[1].strip(),
        Verdict.valueOf(cells[2].strip()),
        cells[3].strip(),
        cells[4].strip());
  }
}
