package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.demo.CapturedDemo;
import io.riffle.infra.demo.CapturedReport;
import io.riffle.infra.demo.Demo;
import io.riffle.infra.demo.DemoReport;
import io.riffle.infra.demo.LiveChanges;
import io.riffle.infra.sources.Capturing;
import io.riffle.infra.sources.SourceDatabase;
import io.riffle.samples.SampleSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The demo, which takes the keys after the highest in use: no other test may load beside it. It
 * captures a source, which is taken away again: a connector would be beside all other tests.
 */
@Isolated
class DemoIT {
  private static final SampleSource SOURCE = SampleSource.SVP;

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

  /** One source: the other one has nothing that this one has not, and takes as long. */
  @Test
  void stagingEqualsTheDemosSourceAndStaysNearIt() throws Exception {
    CapturedDemo demo = new CapturedDemo(chain.stack(), List.of(SOURCE), step -> {});
    try {
      CapturedReport report = demo.run(100, 60, 3);

      assertThat(report.tables()).hasSize(5).allMatch(table -> table.differences().isEmpty());
      assertThat(report.tables()).filteredOn(table -> table.freshness() != null).hasSize(4);
      assertThat(report.tables()).anyMatch(table -> table.deleted() > 0);
      assertThat(report.right()).isTrue();
      assertThatLiveChangesArrive();
      assertThat(demo.run(100, 60, 3).right()).isTrue();
    } finally {
      remove();
    }
  }

  private void assertThatLiveChangesArrive() throws Exception {
    try (LiveChanges live = LiveChanges.start(chain.stack(), List.of(SOURCE), 3)) {
      await().until(() -> live.written() > 20);
      await().until(live::behind, behind -> behind.toSeconds() < 5);
    }
  }

  private void remove() throws Exception {
    new Capturing(chain.stack()).remove(SOURCE.id());
    new SourceDatabase(chain.stack().endpoints(), SOURCE.id()).drop();
  }
}
