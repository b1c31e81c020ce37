package io.riffle.schemas.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the existing loader fills beside the tables of record, and Riffle leaves to others. */
class LeftOutTest {

  /** Tags follow from a list of codes that is no part of the feed. */
  @Test
  void noMigrationMakesATagTableAndNoLayoutFillsOne() throws IOException, URISyntaxException {
    List<Path> migrations = migrations();

    assertThat(migrations).isNotEmpty();
    for (Path migration : migrations) {
      String sql = Files.readString(migration).toLowerCase(Locale.ROOT);
      assertThat(sql).as(migration.toString()).doesNotContain("_tags", "tag_code");
    }
    assertThat(Layouts.load().all().stream().flatMap(LeftOutTest::tables))
        .noneMatch(table -> table.endsWith("_tags"));
  }

  private static Stream<String> tables(Layout layout) {
    return Stream.concat(Stream.of(layout.headerTable()), layout.lineTable().stream());
  }

  private static List<Path> migrations() throws IOException, URISyntaxException {
    Path folder = Path.of(LeftOutTest.class.getResource("/io/riffle/migrations/").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
