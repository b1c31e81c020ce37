package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a rule book: sections of lists and of pairs in the form that YAML has for them,
 * and nothing else of YAML, so that the plug-in needs no library.
 */
final class RuleReader {
  private static final Pattern SECTION = Pattern.compile("([A-Za-z-]+):\\s*(?:\\[(.*)])?");
  private static final Pattern PART = Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\"',\\[\\]]+)(?:,|$)");
  private static final Pattern ITEM = Pattern.compile("-\\s+(\\S.*)");
  private static final Pattern PAIR =
      Pattern.compile("(\"[^\"]*\"|'[^']*'|[^:\"'\\s][^:]*?)\\s*:\\s+(\\S.*)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

  private final List<String> problems = new ArrayList<>();
  private final List<ColumnPattern> sensitive = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<ColumnName> columns = new ArrayList<>();
  private final Set<String> targets = new HashSet<>();
  private final Set<String> sections = new HashSet<>();
  private String section = "";

  /** Reads a whole text; once. */
  RuleBook read(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = COMMENT.matcher(lines.get(i)).replaceFirst("");
      if (!line.isBlank()) {
        readLine(line, i + 1);
      }
    }
    if (rules.isEmpty() && problems.isEmpty()) {
      problems.add("there are no rules");
    }
    if (!sections.contains("sensitive")) {
      RuleBook.USUAL.stream().map(ColumnPattern::of).forEach(sensitive::add);
    }
    return new RuleBook(sensitive, rules, columns);
  }

  List<String> problems() {
    return problems;
  }

  private void readLine(String line, int number) {
    try {
      if (Character.isWhitespace(line.charAt(0)) || line.startsWith("-")) {
        entry(line.strip());
      } else {
        begin(line.strip());
      }
    } catch (IllegalArgumentException e) {
      problems.add("line " + number + ": " + e.getMessage());
    }
  }

  private void begin(String line) {
    Matcher matcher = SECTION.matcher(line);
    if (!matcher.matches()) {
      section = "";
      throw new IllegalArgumentException("must be sensitive:, rules: or columns: " + line);
    }
    section = matcher.group(1);
    if (!Set.of("sensitive", "rules", "columns").contains(section)) {
      throw new IllegalArgumentException("no such section: " + section);
    }
    if (!sections.add(section)) {
      throw new IllegalArgumentException("section is there twice: " + section);
    }
    String list = matcher.group(2) == null ? "" : matcher.group(2).strip();
    if (!list.isEmpty() && section.equals("rules")) {
      throw new IllegalArgumentException("rules are pairs, one on a line");
    }
    parts(list).forEach(this::item);
  }

  /** Of a list in brackets. */
  private static List<String> parts(String list) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < list.length()) {
      Matcher matcher = PART.matcher(list).region(from, list.length());
      if (!matcher.lookingAt() || matcher.group(1).isBlank()) {
        throw new IllegalArgumentException(
            "must be a list like [\"*phone*\", users.iban]: " + list);
      }
      parts.add(unquoted(matcher.group(1).strip()));
      from = matcher.end();
      while (from < list.length() && Character.isWhitespace(list.charAt(from))) {
        from++;
      }
    }
    return parts;
  }

  private void item(String item) {
    if (section.equals("sensitive")) {
      sensitive.add(ColumnPattern.of(item));
    } else {
      columns.add(column(item));
    }
  }

  private void entry(String line) {
    switch (section) {
      case "sensitive", "columns" -> item(dashed(line));
      case "rules" -> rule(line);
      case "" -> throw new IllegalArgumentException("is in no section: " + line);
      default -> {} // a section that was complained of
    }
  }

  private void rule(String line) {
    Matcher matcher = PAIR.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be like users.email: email, not " + line);
    }
    String target = unquoted(matcher.group(1));
    if (!targets.add(target)) {
      throw new IllegalArgumentException("has a rule already: " + target);
    }
    rules.add(Rule.parse(target, unquoted(matcher.group(2).strip())));
  }

  private static String dashed(String line) {
    Matcher matcher = ITEM.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must begin with a dash and a blank: " + line);
    }
    return unquoted(matcher.group(1).strip());
  }

  private static ColumnName column(String text) {
    return ColumnName.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("must be schema.table.column: " + text));
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
