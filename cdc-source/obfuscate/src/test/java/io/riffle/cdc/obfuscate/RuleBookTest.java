package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {

  /** As docs/obfuscation.md recommends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sensitive: [\"*\"]",
        "sensitive: ['*']",
        "sensitive: [ users.none , \"*\" ]  # all of them",
        "sensitive:\n  - \"*\""
      })
  void everyColumnCanBeSensitive(String sensitive) {
    String columns = "\ncolumns:\n  - public.users.id\n  - public.users.colour\n";

    assertThatThrownBy(() -> RuleBook.parse(sensitive + "\nrules:\n  users.colour: keep" + columns))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining("public.users.id is sensitive and has no rule")
        .message()
        .doesNotContain("colour is");
    RuleBook.parse(sensitive + "\nrules:\n  \"*\": keep" + columns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sensitive: [*, a\"]",
        "sensitive: [a,,b]",
        "sensitive: [\"a\" b]",
        "sensitive: [a.b.c.d]",
        "sensitive: *"
      })
  void aListThatIsNoneIsRefused(String sensitive) {
    assertThatThrownBy(() -> RuleBook.parse(sensitive + "\nrules:\n  \"*\": keep"))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void namesEverySensitiveColumnWithoutARuleAtOnce() {
    String text =
        """
        sensitive:
          - "*phone*"
          - users.birth_date
          - public.users.passport
          - public.orders.card   # known by its name alone
        rules:
          users.phone: phone
        columns:
          - public.users.phone
          - public.users.phone2
          - public.users.Birth_Date
          - public.users.passport
          - public.users.id
        """;

    assertThatThrownBy(() -> RuleBook.parse(text))
        .isInstanceOf(RuleException.class)
        .hasMessageContainingAll(
            "public.users.phone2 is sensitive and has no rule",
            "public.users.Birth_Date is sensitive and has no rule",
            "public.users.passport is sensitive and has no rule",
            "public.orders.card is sensitive and has no rule")
        .message()
        .doesNotContain("users.phone is", "users.id");
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    String text =
        """
        rules:
          users.email: mail
          users.name: name middle
          users.born: date-shift 0
          users.x: hash 4
          users.email: keep
          nonsense
          a.b.c.d: keep
          users.data$.: keep
        colours:
          - red
        """;

    RuleException thrown = catchThrowableOfType(RuleException.class, () -> RuleBook.parse(text));

    assertThat(thrown.problems())
        .extracting(problem -> problem.substring(0, 7).strip())
        .containsExactly(
            "line 2:", "line 3:", "line 4:", "line 5:", "line 6:", "line 7:", "line 8:", "line 9:",
            "line 10");
  }

  @Test
  void theFirstRuleThatFitsCounts() {
    RuleBook book =
        RuleBook.parse(
            """
            rules:
              public.users.email: keep
              "*.email": email
              users.data$.contact.phone: phone
              users.data: hash 20
            """);

    assertThat(book.of(column("public.users.email")).keeps()).isTrue();
    assertThat(book.of(column("crm.users.email")).whole()).contains(new Method.Email());
    assertThat(book.of(column("public.users.data")).of(List.of("contact", "phone")))
        .isEqualTo(new Method.Phone());
    assertThat(book.of(column("public.users.data")).of(List.of("other")))
        .isEqualTo(new Method.Hash(20));
    assertThat(book.of(column("public.users.other")).isEmpty()).isTrue();
  }

  @Test
  void knowsWhatIsUsuallySensitiveUnlessToldOtherwise() {
    String rules = "rules:\n  users.id: hash\n";

    assertThat(RuleBook.parse(rules).unruled(List.of(column("public.users.mobile_phone"))))
        .hasSize(1);
    assertThat(
            RuleBook.parse("sensitive: []\n" + rules)
                .unruled(List.of(column("public.users.mobile_phone"))))
        .isEmpty();
  }

  @Test
  void tellsRulesThatFitNoColumn() {
    RuleBook book = RuleBook.parse("rules:\n  users.emial: email\n  users.phone: phone\n");

    assertThat(book.unused(List.of(column("public.users.phone")))).containsExactly("users.emial");
  }

  @Test
  void refusesATextWithoutRules() {
    assertThatThrownBy(() -> RuleBook.parse("# nothing\n"))
        .hasMessageContaining("there are no rules");
  }

  @ParameterizedTest
  @CsvSource({
    "$.a.b,a b,true",
    "$.a.b,a b c,true",
    "$.a.b,a c,false",
    "$.a.b,a,false",
    "$.*.b,x b,true",
    "$.*.b,x y b,false",
    "$..b,b,true",
    "$..b,x y b,true",
    "$.a..b,a x b,true",
    "$.a[*].b,a b,true",
    "$..*,x,true"
  })
  void pathsCoverWhatTheyName(String path, String names, boolean covered) {
    assertThat(JsonPath.of(path).covers(List.of(names.split(" ")))).isEqualTo(covered);
  }

  private static ColumnName column(String text) {
    return ColumnName.parse(text).orElseThrow();
  }
}
