/**
 * Bad input through the whole chain: each row of the matrix is a data file with its cases, what is
 * done to a good data set, and what must become of it. Start at {@link
 * io.riffle.infra.chain.matrix.BadInputMatrixIT}; the cases are {@link
 * io.riffle.infra.chain.matrix.Matrix}.
 */
package io.riffle.infra.chain.matrix;
