/**
 * The end of a load: the progress topic mirrored into the ledger, and the barriers that follow the
 * last split. Start at {@link io.riffle.producer.barrier.ProgressLoop}.
 */
package io.riffle.producer.barrier;
