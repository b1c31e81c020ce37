/**
 * {@code riffle load}: uploads a folder as a data set, or asks for one that is in S3 already, and
 * waits until the ledger says what became of it. Start at {@link
 * io.riffle.operations.load.DataSetLoad}.
 */
package io.riffle.operations.load;
