package io.riffle.bench.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TablePipeTest {

  private static final String CONTENTS =
      "SELECT count(*) || ' ' || md5(string_agg(w::text, ',' ORDER BY id)) FROM %s w";

  private final TestPostgres source;

  TablePipeTest(TestPostgres source) {
    this.source = source;
  }

  @Test
  void theCopyIsTheTableWithItsKey() throws Exception {
    TestPostgres target = source.another();
    new WideTable(source.dataSource()).fill(3000);
    TablePipe pipe = new TablePipe(source.dataSource(), target.dataSource());

    double seconds = pipe.copy("public.copied");
    pipe.copy("public.copied"); // instead of the first one

    assertThat(seconds).isPositive();
    assertThat(target.rows(CONTENTS.formatted("copied")))
        .isEqualTo(source.rows(CONTENTS.formatted(WideTable.NAME)))
        .asString()
        .startsWith("[3000 ");
    assertThat(
            target.rows(
                "SELECT conname FROM pg_constraint WHERE contype = 'p'"
                    + " AND conrelid = 'copied'::regclass"))
        .containsExactly("copied_pkey");
    assertThat(
            source.rows(
                "SELECT count(*) FROM information_schema.columns WHERE table_name = 'wide_rows'"))
        .containsExactly("41");
  }
}
