package io.riffle.infra.chain.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.riffle.infra.chain.Chain;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case of the matrix through the whole chain. All data sets are loaded first, beside each
 * other, then records are written to topics; each case looks at what has become of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputMatrixIT {

  private static final List<MatrixRow> ROWS = Matrix.rows();

  private final Chain chain = Chain.shared();
  private Trap trap;
  private MatrixRun run;
  private TopicRun topics;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    List<MatrixCase> cases = ROWS.stream().flatMap(BadInputMatrixIT::cases).toList();
    trap = new Trap(folder);
    run = new MatrixRun(chain, folder, trap);
    run.load(cases);
    topics = new TopicRun(chain, run);
    topics.write(cases);
  }

  @AfterAll
  void close() throws Exception {
    trap.close();
  }

  @TestFactory
  Stream<DynamicContainer> rows() {
    return ROWS.stream()
        .map(
            row ->
                dynamicContainer(
                    "B" + row.row() + " " + row.input(),
                    cases(row).map(one -> dynamicTest(one.toString(), () -> check(one)))));
  }

  private static Stream<MatrixCase> cases(MatrixRow row) {
    return row.cases().stream().filter(one -> one.elsewhere().isEmpty() && !one.huge());
  }

  private void check(MatrixCase one) throws Exception {
    run.check(one);
    topics.check(one);
  }

  @Test
  void noXmlOpensASocketOrAFile() throws Exception {
    assertThat(trap.isConnected()).isFalse();
    assumeTrue(trap.isNoted(), "this file system does not note that a file is read");
    assertThat(trap.isRead()).isFalse();
  }
}
