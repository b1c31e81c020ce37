package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong usage of {@code riffle cdc}, for which no stack is asked. */
class CdcCommandTest {
  private static final String URL = "jdbc:postgresql://localhost/qvp";

  @TempDir Path home;

  @Test
  void aSourceIsNamedAndReachedAsTheDocsSay() {
    assertThat(add("Qvp", URL, "app.*", "--password-env", "X")).contains("a letter first");
    assertThat(add("qvp", "jdbc:postgresql://u:hidden@h/qvp", "app.*", "--password-env", "X"))
        .contains("user and password are given apart")
        .doesNotContain("hidden");
    assertThat(add("qvp", URL, "person", "--password-env", "X"))
        .contains("a table is given as schema.table");
  }

  @Test
  void aPasswordIsGivenOnceAndNeverAsAnArgument() {
    assertThat(add("qvp", URL, "app.*")).contains("--password-file");
    assertThat(add("qvp", URL, "app.*", "--password-env", "X", "--password-file", "f"))
        .contains("mutually exclusive");
    assertThat(add("qvp", URL, "app.*", "--password", "hidden")).contains("--password");
  }

  @Test
  void aNewEpochIsOneOfAllTables() {
    assertThat(err(2, "cdc", "snapshot", "qvp", "app.person", "--new-epoch"))
        .contains("a new epoch is one of all tables");
  }

  @Test
  void aMissingPasswordFileIsSaidInWords() {
    Path absent = home.resolve("absent.pw");
    List<String> line = new ArrayList<>(List.of("cdc", "add", "qvp", "--url", URL, "--user", "u"));
    line.addAll(List.of("--tables", "a.b", "--password-file", absent.toString()));

    assertThat(err(1, line.toArray(String[]::new)))
        .contains("there is no password file " + absent)
        .doesNotContain("Exception");
  }

  @Test
  void anUnsetVariableIsSaid() {
    assertThat(
            err(
                1,
                "cdc",
                "add",
                "qvp",
                "--url",
                URL,
                "--user",
                "u",
                "--tables",
                "a.b",
                "--password-env",
                "RIFFLE_NEVER_SET"))
        .contains("the variable is not set");
  }

  private String add(String name, String url, String tables, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of("cdc", "add", name, "--url", url, "--user", "u", "--tables", tables));
    line.addAll(List.of(more));
    return err(2, line.toArray(String[]::new));
  }

  private String err(int exitCode, String... arguments) {
    List<String> line = new ArrayList<>(List.of("--home", home.toString()));
    line.addAll(List.of(arguments));
    PrintStream real = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(Riffle.run(line.toArray(String[]::new))).isEqualTo(exitCode);
    } finally {
      System.setErr(real);
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
