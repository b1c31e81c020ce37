package io.riffle.infra.chain.matrix;

import java.util.List;

/**
 * A row of the matrix.
 *
 * @param row its number
 * @param input what is wrong
 * @param outcome what must become of it, in words
 * @param rule where that is decided
 */
record MatrixRow(int row, String input, String outcome, String rule, List<MatrixCase> cases) {

  MatrixRow {
    cases = List.copyOf(cases);
  }
}
