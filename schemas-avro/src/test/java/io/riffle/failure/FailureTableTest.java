package io.riffle.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class FailureTableTest {

  private static final Path PAGE = Path.of("..", "docs", "reliability.md");
  private static final String WRITE = "riffle.reliability.write";
  private static final String BEGIN = "<!-- failures.txt: begin -->\n";
  private static final String END = "<!-- failures.txt: end -->";

  /** Those are on the class path of merge-processor only; a test there looks for them. */
  private static final Set<String> OF_STREAMS = Set.of("MissingSourceTopicException");

  private static final Set<String> NO_EXCEPTIONS = Set.of("OTHER", "NO_ANSWER", "OPEN_TRANSACTION");

  private final List<FailureRule> rules = FailureTable.builtIn().rules();

  @Test
  void thePageShowsTheTable() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).isBetween(BEGIN.length(), end);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
    }

    String shown = Files.readString(PAGE);
    assertThat(shown.substring(begin, shown.indexOf(END)))
        .as(
            "docs/reliability.md is not what failures.txt says; write it anew: "
                + "mvn -pl schemas-avro test -Dtest=FailureTableTest -D%s=true",
            WRITE)
        .isEqualTo(table());
  }

  @Test
  void noCodeIsThereTwiceAndEveryNeighbourHasARuleForTheRest() {
    assertThat(rules.stream().map(rule -> rule.neighbour() + " " + rule.code()))
        .doesNotHaveDuplicates();
    for (Neighbour neighbour : Neighbour.values()) {
      if (neighbour != Neighbour.STATE) {
        assertThat(FailureTable.builtIn().find(neighbour, FailureRule.OTHER)).isPresent();
      }
    }
  }

  @Test
  void everyCodeOfKafkaIsAnExceptionOfItsClients() {
    rules.stream()
        .filter(rule -> rule.neighbour() == Neighbour.KAFKA)
        .map(FailureRule::code)
        .filter(code -> !OF_STREAMS.contains(code) && !NO_EXCEPTIONS.contains(code))
        .forEach(code -> assertThat(exception(code)).as(code).isAssignableTo(KafkaException.class));
  }

  private static Class<?> exception(String name) {
    String folder = name.equals("ConfigException") ? "config" : "errors";
    try {
      return Class.forName("org.apache.kafka.common." + folder + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " is no exception of Kafka's clients", e);
    }
  }

  private String table() {
    return "| neighbour | says | verdict | that is | healed when |\n|---|---|---|---|---|\n"
        + rules.stream()
            .map(
                rule ->
                    String.format(
                        "| %s | `%s` | %s | %s | %s |\n",
                        rule.neighbour(),
                        rule.code(),
                        rule.verdict(),
                        rule.meaning(),
                        rule.remedy()))
            .collect(Collectors.joining());
  }
}
