package io.riffle.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families of layouts, each with an index of its own. */
class LayoutIndexTest {

  @TempDir private Path folder;

  @Test
  void readsFamiliesInOneOrderWhateverTheClassPaths() throws IOException {
    URL ours = index("ours", "# ours\nBENEFICIARY\n\n  CARRIER # with lines\n");
    URL theirs = index("theirs", "LAB_RESULT");

    assertThat(LayoutIndex.load(List.of(theirs, ours)).types())
        .containsExactly("BENEFICIARY", "CARRIER", "LAB_RESULT")
        .isEqualTo(LayoutIndex.load(List.of(ours, theirs)).types());
  }

  @Test
  void namesBothFamiliesThatHaveAType() throws IOException {
    List<URL> indexes = List.of(index("one", "PDE"), index("two", "LAB_RESULT\nPDE"));

    assertThatThrownBy(() -> LayoutIndex.load(indexes))
        .hasMessageMatching("type PDE is in .*/one and in .*/two");
  }

  @Test
  void takesAJarThatIsOnTheClassPathTwiceOnce() throws IOException {
    List<URL> indexes = List.of(index("one", "CARRIER\nPDE"), index("two", "CARRIER\nPDE"));

    assertThat(LayoutIndex.load(indexes).types()).containsExactly("CARRIER", "PDE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pde", "PDE_MERGE", "SPLITS", "PARKED", "A-B", "9"})
  void refusesWhatCannotBeTheNameOfAType(String type) throws IOException {
    List<URL> indexes = List.of(index("one", type));

    assertThatThrownBy(() -> LayoutIndex.load(indexes))
        .hasMessageStartingWith(type + " in ")
        .hasMessageEndingWith(" cannot be the name of a type");
  }

  @Test
  void refusesTwoTypesOfOneTable() {
    Layout pde = Layouts.load().get("PDE");
    Layout other = new Layout("LAB", "", 1, pde.headerTable(), Optional.empty(), pde.columns());

    assertThatThrownBy(() -> LayoutIndex.requireApart(List.of(pde, other)))
        .hasMessage("types PDE and LAB have one table, partd_events");
  }

  private URL index(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toUri().toURL();
  }
}
