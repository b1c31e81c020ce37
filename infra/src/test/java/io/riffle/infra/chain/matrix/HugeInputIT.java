package io.riffle.infra.chain.matrix;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.riffle.infra.chain.Chain;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The cases of the matrix that take long. */
@Tag("full")
@Tag("stack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HugeInputIT {

  private static final List<MatrixCase> CASES =
      Matrix.rows().stream().flatMap(row -> row.cases().stream()).filter(MatrixCase::huge).toList();

  private MatrixRun run;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    try (Trap trap = new Trap(folder)) {
      run = new MatrixRun(Chain.shared(), folder, trap);
      run.load(CASES);
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return CASES.stream().map(one -> dynamicTest(one.toString(), () -> run.check(one)));
  }
}
