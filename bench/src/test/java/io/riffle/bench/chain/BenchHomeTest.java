package io.riffle.bench.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.infra.process.RunRecord;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.stack.OwnStack;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchHomeTest {

  @TempDir Path folder;

  @Test
  void aFolderOfItsOwnUnlessOneIsAskedFor() {
    assertThat(BenchHome.of(folder, Optional.empty(), SetName.MAIN))
        .isEqualTo(new OwnStack(folder.resolve(".riffle-bench"), new SetName("bench"), true));
    assertThat(BenchHome.of(folder, Optional.of(Path.of("/x")), new SetName("bench_b")))
        .isEqualTo(new OwnStack(Path.of("/x"), new SetName("bench_b"), false));
  }

  @Test
  void refusesToRunBesideTheLoaderOfAnotherSet() throws Exception {
    OwnStack home = BenchHome.of(folder, Optional.of(folder), SetName.MAIN);
    Files.createDirectories(folder.resolve("run"));

    BenchHome.requireNoOtherLoader(home);
    save("rif-producer-bench");
    BenchHome.requireNoOtherLoader(home);
    save("rif-producer");

    assertThatThrownBy(() -> BenchHome.requireNoOtherLoader(home))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("rif-producer runs on this stack");
  }

  /** This JVM stands for it. */
  private void save(String instance) {
    ProcessHandle self = ProcessHandle.current();
    new RunRecords(folder.resolve("run"))
        .save(
            new RunRecord(
                instance,
                "rif-producer",
                self.pid(),
                self.info().startInstant().orElseThrow(),
                Map.of(),
                folder.resolve("log"),
                "any"));
  }
}
