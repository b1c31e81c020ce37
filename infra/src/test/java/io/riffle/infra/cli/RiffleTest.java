package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and streams of the command line, without a stack. */
class RiffleTest {
  @TempDir Path home;

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void wrongUsageIsTwo() {
    assertThat(Riffle.run()).isEqualTo(2);
    assertThat(Riffle.run("fly")).isEqualTo(2);
    assertThat(Riffle.run("up", "-o", "xml")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void everyCommandTellsHowItIsUsed() {
    assertThat(withSubcommands(Riffle.commandLine()))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            command -> {
              String[] path = command.getCommandSpec().qualifiedName().split(" ", -1);
              String[] line = Arrays.copyOfRange(path, 1, path.length + 1);
              line[path.length - 1] = "--help";
              assertThat(Riffle.run(line)).as(command.getCommandName()).isZero();
            });
    assertThat(text(err)).isEmpty();
  }

  private static List<CommandLine> withSubcommands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(below -> all.addAll(withSubcommands(below)));
    return all;
  }

  @Test
  void wrongArgumentsOfRejectsAreTwoAsWell() {
    assertThat(Riffle.run("rejects", "--limit=-1")).isEqualTo(2);
    assertThat(Riffle.run("files", "--limit=-1")).isEqualTo(2);
    assertThat(Riffle.run("rejects", "--since", "+999999999-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(Riffle.run("rejects", "redrive", "1", "--by", "x".repeat(129))).isEqualTo(2);
    assertThat(Riffle.run("rejects", "redrive", "1", "--by", " ")).isEqualTo(2);
    assertThat(Riffle.run("files", "skip", "x")).isEqualTo(2);
    assertThat(Riffle.run("files", "skip", "x", "--reason", " ")).isEqualTo(2);
    assertThat(Riffle.run("files", "retry", "x", "--by", " ")).isEqualTo(2);
    assertThat(Riffle.run("rejects", "redrive", "1", "--wait", "--patience=-5")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(err))
        .contains("'-1' is no number of rows", "--by is a name of at most 128 characters");
  }

  @Test
  void wrongArgumentsOfGenerateAreTwoAsWell() {
    assertThat(Riffle.run("generate")).isEqualTo(2);
    assertThat(Riffle.run("generate", "cdc", "--source", "third")).isEqualTo(2);
    assertThat(Riffle.run("generate", "cdc", "--rate", "fast")).isEqualTo(2);
    assertThat(Riffle.run("generate", "cdc", "--changes=-1")).isEqualTo(2);
    assertThat(Riffle.run("generate", "cdc", "--changes=1", "--minutes=1")).isEqualTo(2);
    assertThat(Riffle.run("generate", "cdc", "--source=svp", "--truncate=users")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(err))
        .contains(
            "Missing required option: '--out=DIR'",
            "'fast' is no rate such as 500/s",
            "--changes or --minutes, not both",
            "--truncate: there is no table users");
  }

  @Test
  void namesTheLayoutFileThatIsNone() throws IOException {
    Files.writeString(home.resolve("PDE.yaml"), "type: PDE\n");

    String[] line = {"generate", "--layouts", home.toString(), "--out", home.toString()};

    assertThat(Riffle.run(line)).isEqualTo(1);
    assertThat(text(err)).contains("riffle: --layouts: ", "PDE.yaml: PDE: 0 columns of role KEY");
  }

  @Test
  void statusOfAStackThatNeverRanIsNotOk() {
    assertThat(Riffle.run("status", "--home", home.toString())).isEqualTo(1);
    assertThat(text(out)).contains("SERVICE", "kafka", "STOPPED");
  }

  @Test
  void statusAsJsonIsOneObjectOnStdout() {
    assertThat(Riffle.run("-o", "json", "--set", "east", "--home", home.toString(), "status"))
        .isEqualTo(1);
    assertThat(text(out).strip())
        .startsWith("{\"set\":\"east\",\"ok\":false,")
        .contains("\"name\":\"connect-east\",\"state\":\"STOPPED\"")
        .doesNotContain("\n");
  }

  @Test
  void aWrongSetNameIsWrongUsage() {
    assertThat(Riffle.run("status", "--set", "No Good", "--home", home.toString())).isEqualTo(2);
    assertThat(text(err)).contains("'No Good' is no set name");
  }

  @Test
  void whatCannotBeDoneIsToldPlainly() {
    assertThat(Riffle.run("up", "--set", "east", "--home", "/dev/null/none")).isEqualTo(1);
    assertThat(text(err)).startsWith("riffle: ").doesNotContain("\tat ");
  }

  @Test
  void downWithoutAStackIsOk() {
    assertThat(Riffle.run("down", "--home", home.toString())).isZero();
  }

  @Test
  void purgeDeletesTheHome() {
    Path stack = home.resolve("stack");

    assertThat(Riffle.run("down", "--purge", "--home", stack.toString())).isZero();
    assertThat(stack).doesNotExist();
  }

  @Test
  void purgeDeletesNothingThatIsNotTheStacks() throws IOException {
    Path precious = Files.writeString(home.resolve("precious"), "mine");

    assertThat(Riffle.run("down", "--purge", "--home", home.toString())).isEqualTo(1);
    assertThat(text(err)).startsWith("riffle: ").contains("--home");
    assertThat(precious).exists();
    assertThat(home)
        .isDirectoryContaining(precious::equals)
        .isDirectoryNotContaining("glob:**lock");
  }

  @Test
  void purgeLeavesWhatSomebodyPutBesideTheStack() throws IOException {
    assertThat(Riffle.run("down", "--home", home.toString())).isZero();
    Path precious = Files.writeString(home.resolve("precious"), "mine");

    assertThat(Riffle.run("down", "--purge", "--home", home.toString())).isZero();
    assertThat(home.toFile().list()).containsExactly(precious.getFileName().toString());
  }

  @Test
  void filesOfAStackThatWasNeverUpSaysWhatToDo() {
    assertThat(Riffle.run("files", "--home", home.toString())).isEqualTo(1);
    assertThat(text(err)).contains("riffle up");
  }

  @Test
  void rejectsAreChangedOnlyWhenSomebodySaysWhich() {
    String[] at = {"--home", home.toString()};

    assertThat(Riffle.run("rejects", "redrive", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("rejects", "redrive", "7", "--all", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("rejects", "redrive", "7", "--cause", "TOO_LONG", at[0], at[1]))
        .isEqualTo(2);
    assertThat(text(err)).contains("select rejects: by number, or by --file");
    assertThat(Riffle.run("rejects", "discard", "7", at[0], at[1])).isEqualTo(2);
    assertThat(text(err)).contains("--reason=TEXT");
    assertThat(Riffle.run("rejects", "discard", "7", "--reason", " ", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("rejects", "show", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("rejects", "--since", "yesterday", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("rejects", "--status", "GONE", at[0], at[1])).isEqualTo(2);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void rejectsOfAStackThatWasNeverUpSayWhatToDo() {
    assertThat(Riffle.run("rejects", "--home", home.toString())).isEqualTo(1);
    assertThat(Riffle.run("rejects", "redrive", "--all", "--home", home.toString())).isEqualTo(1);
    assertThat(text(err)).contains("riffle up");
  }

  @Test
  void recordWantsATypeAndAKeyThatMayBeNegative() {
    String[] at = {"--home", home.toString()};

    assertThat(Riffle.run("record", "CARRIER")).isEqualTo(2);
    assertThat(Riffle.run("record", "TEETH", "7", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("record", "PDE", "seven", at[0], at[1])).isEqualTo(2);
    assertThat(Riffle.run("record", "PDE", "7", "--max-bytes", "much")).isEqualTo(2);
    assertThat(Riffle.run("record", "PDE", "7", "--max-time", "long")).isEqualTo(2);
    assertThat(Riffle.run("record", "PDE", "7", "--lien", "3")).isEqualTo(2);
    assertThat(text(err)).contains("'TEETH' is no type; there are ", "'seven' is no key");

    assertThat(Riffle.run("record", "PDE", "-7", at[0], at[1])).isEqualTo(1);
    assertThat(text(err)).contains("riffle up");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void dumpNamesUnknownTablesAsWrongUsage() {
    String folder = home.resolve("dump").toString();

    assertThat(Riffle.run("dump")).isEqualTo(2);
    assertThat(Riffle.run("dump", "--canonical", folder, "--tables", "partd_events,teeth,gums"))
        .isEqualTo(2);
    assertThat(text(err)).contains("no table of record: teeth, gums; ", "carrier_claim_lines");
    assertThat(home.resolve("dump")).doesNotExist();
  }

  @Test
  void setupNamesAllMissingVariables() {
    assertThat(Riffle.run("setup")).isEqualTo(1);
    assertThat(text(err))
        .contains("RIFFLE_DATABASE_URL", "RIFFLE_S3_ENDPOINT", "RIFFLE_CONNECT_URL");
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
