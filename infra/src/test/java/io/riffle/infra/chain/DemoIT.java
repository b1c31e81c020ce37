package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.demo.Demo;
import io.riffle.infra.demo.DemoReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The demo, which takes the keys after the highest in use: no other test may load beside it. */
@Isolated
class DemoIT {
  private final Chain chain = Chain.shared();
  @TempDir Path folder;

  @Test
  void theDemoSeesRightCounts() throws Exception {
    Demo demo = new Demo(Chain.LAYOUTS, chain.load(), chain.database(), Chain.TABLES, files -> {});

    DemoReport report = demo.run(100, 3, folder.resolve("demo"));
    Chain.claimRecords(1_000_000); // those that it took

    assertThat(report.types()).hasSize(Chain.LAYOUTS.all().size() + 2);
    assertThat(report.types()).allMatch(t -> t.rows() == t.expectedRows(), "rows");
    assertThat(report.types()).allMatch(t -> t.childRows() == t.expectedChildRows(), "child rows");
    assertThat(report.backfill()).hasSize(8);
    assertThat(report.right()).isTrue();
  }
}
