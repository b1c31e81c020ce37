package io.riffle.infra.chain.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The matrix is complete, and the page says what it says. */
class MatrixTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/bad-input.md");
  private static final String BEGIN = "<!-- cases -->\n";
  private static final String WRITE = "riffle.bad-input.write";

  private final List<MatrixRow> rows = Matrix.rows();

  /** Rows 36 to 42 are those of change data capture. */
  @Test
  void everyRowOfTheRifChainHasCases() {
    List<Integer> expected =
        Stream.concat(IntStream.rangeClosed(1, 35).boxed(), Stream.of(43)).toList();

    assertThat(rows.stream().map(MatrixRow::row)).isEqualTo(expected);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.input()).isNotBlank();
              assertThat(row.outcome()).isNotBlank();
              assertThat(row.rule()).isNotBlank();
              assertThat(row.cases()).isNotEmpty();
            });
  }

  @Test
  void everyCaseIsOneThatIsRun() {
    assertThat(cases().map(MatrixCase::id)).doesNotHaveDuplicates();
    assertThat(cases().map(MatrixCase::title)).noneMatch(String::isBlank);
    assertThat(cases())
        .allMatch(
            one -> !one.steps().isEmpty() || !one.topics().isEmpty() || one.elsewhere().isPresent(),
            "has something to do");
  }

  @Test
  void everyDataSetCanBeMade(@TempDir Path folder) throws IOException {
    try (Trap trap = new Trap(folder)) {
      SetMaker maker = new SetMaker(folder, trap);
      for (MatrixCase one : cases().filter(one -> !one.huge()).toList()) {
        Optional<TestSet> before = Optional.empty();
        for (SetStep step : one.steps()) {
          before = Optional.of(maker.make(step, before));
          assertThat(before.get().manifestKey()).startsWith("Incoming/");
        }
      }
    }
  }

  @Test
  void testsThatAreNamedAreThere() {
    assertThat(cases().flatMap(one -> one.elsewhere().stream()))
        .allSatisfy(
            test -> {
              String[] parts = test.split("[/#]", -1);
              Path source =
                  ROOT.resolve(parts[0])
                      .resolve("src/test/java")
                      .resolve(parts[1].replace('.', '/') + ".java");
              assertThat(source).content().contains(" " + parts[2] + "(");
            });
  }

  @Test
  void thePageSaysWhatTheCasesSay() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, head + BadInputPage.of(rows));
    }

    assertThat(Files.readString(PAGE))
        .as(
            "docs/bad-input.md is not what the cases say; write it anew: "
                + "mvn -pl infra test -Dtest=MatrixTest -D%s=true",
            WRITE)
        .isEqualTo(head + BadInputPage.of(rows));
  }

  private Stream<MatrixCase> cases() {
    return rows.stream().flatMap(row -> row.cases().stream());
  }
}
