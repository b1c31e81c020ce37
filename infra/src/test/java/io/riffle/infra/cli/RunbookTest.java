package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.prometheus.Alerts;
import io.riffle.infra.stack.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/runbook.md} against alerts and commands; states and causes: rif-producer. */
class RunbookTest {
  private static final Pattern COMMAND = Pattern.compile("`\\./riffle ([^`]*)`");
  private static final Pattern ALERT_HEADING = Pattern.compile("(?m)^### ([A-Z][a-zA-Z]*[a-z])$");
  private static String text;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(RepositoryRoot.find().resolve("docs/runbook.md"));
  }

  @Test
  void tellsOfEachAlertAndOfNoOther() throws IOException {
    List<String> headings =
        ALERT_HEADING.matcher(text).results().map(heading -> heading.group(1)).toList();

    assertThat(headings).containsExactlyInAnyOrderElementsOf(Alerts.read().names());
  }

  @Test
  void namesCommandsAndOptionsThatExist() {
    List<MatchResult> commands = COMMAND.matcher(text).results().toList();

    assertThat(commands).hasSizeGreaterThan(20);
    commands.forEach(command -> requireKnown(command.group(1)));
  }

  private static void requireKnown(String words) {
    CommandLine command = Riffle.commandLine();
    for (String word : Arrays.asList(words.split(" "))) {
      if (command.getSubcommands().containsKey(word)) {
        command = command.getSubcommands().get(word);
      } else if (word.startsWith("--")) {
        assertThat(command.getCommandSpec().findOption(word)).as(words).isNotNull();
      } else {
        assertThat(word.equals(word.toLowerCase(Locale.ROOT)) && word.matches("[a-z]+"))
            .as("%s: %s is no command", words, word)
            .isFalse();
      }
    }
  }
}
