package io.riffle.cdc.obfuscate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which columns are sensitive, and what happens to which. Made by {@link #parse}. */
public final class RuleBook {

  /** What is sensitive when the text says nothing of it. */
  static final List<String> USUAL =
      List.of(
          "*phone*",
          "*mobile*",
          "*fax*",
          "*email*",
          "*e_mail*",
          "*first_name*",
          "*last_name*",
          "*full_name*",
          "*surname*",
          "*birth*",
          "*dob*",
          "*ssn*",
          "*passport*",
          "*address*",
          "*iban*",
          "*password*",
          "*secret*",
          "*token*");

  private final List<ColumnPattern> sensitive;
  private final List<Rule> rules;
  private final Set<ColumnName> columns;

  RuleBook(List<ColumnPattern> sensitive, List<Rule> rules, List<ColumnName> columns) {
    this.sensitive = List.copyOf(sensitive);
    this.rules = List.copyOf(rules);
    this.columns = new LinkedHashSet<>(columns);
  }

  /**
   * Reads the text of a rules file: the sections {@code sensitive} (patterns of columns), {@code
   * rules} (pattern and method) and, where it is known what the source has, {@code columns}.
   *
   * @throws RuleException with every problem of the text, sensitive columns without a rule included
   */
  public static RuleBook parse(String text) {
    RuleReader reader = new RuleReader();
    RuleBook book = reader.read(text);
    List<String> problems = new ArrayList<>(reader.problems());
    problems.addAll(withoutRule(book.unruled(book.columns)));
    problems.addAll(book.namedWithoutRule());
    if (!problems.isEmpty()) {
      throw new RuleException(problems);
    }
    return book;
  }

  /** What is wrong with each of these columns. */
  static List<String> withoutRule(Collection<ColumnName> columns) {
    return columns.stream().map(name -> name + " is sensitive and has no rule").toList();
  }

  /** Those of the columns that are sensitive and have no rule, in their order. */
  public List<ColumnName> unruled(Collection<ColumnName> of) {
    return of.stream().filter(this::isSensitive).filter(name -> of(name).isEmpty()).toList();
  }

  /**
   * Those of the columns that the text does not list and that have no rule; none where it lists no
   * columns. Nobody has looked at their names: a sensitive column may have been renamed.
   */
  List<ColumnName> unseen(Collection<ColumnName> of) {
    return of.stream()
        .filter(name -> !columns.isEmpty() && !columns.contains(name) && of(name).isEmpty())
        .toList();
  }

  /**
   * Patterns of rules that fit none of the columns: most likely a name is mistyped, and a column
   * that should be hidden is not.
   */
  public Set<String> unused(Collection<ColumnName> of) {
    Set<String> unused = new LinkedHashSet<>();
    rules.stream()
        .map(Rule::columns)
        .filter(pattern -> of.stream().noneMatch(pattern::matches))
        .forEach(pattern -> unused.add(pattern.toString()));
    return unused;
  }

  /** The columns that the text lists; none where it lists none. */
  Set<ColumnName> columns() {
    return Collections.unmodifiableSet(columns);
  }

  boolean isSensitive(ColumnName name) {
    return sensitive.stream().anyMatch(pattern -> pattern.matches(name));
  }

  ColumnRules of(ColumnName name) {
    Optional<Method> whole = matching(name, false).map(Rule::method).findFirst();
    return new ColumnRules(whole, matching(name, true).toList());
  }

  private Stream<Rule> matching(ColumnName name, boolean withPath) {
    return rules.stream()
        .filter(rule -> rule.path().isPresent() == withPath && rule.columns().matches(name));
  }

  /** A column that is called sensitive by its name can be judged without the source. */
  private List<String> namedWithoutRule() {
    return sensitive.stream()
        .filter(ColumnPattern::isExact)
        .flatMap(pattern -> ColumnName.parse(pattern.toString()).stream())
        .filter(name -> !columns.contains(name) && of(name).isEmpty())
        .map(name -> name + " is sensitive and has no rule")
        .toList();
  }
}
