/**
 * How everything does, in a line for each pipeline. Start at {@link
 * io.riffle.operations.overview.OverviewReader}, which asks everybody; {@link
 * io.riffle.operations.overview.ClaimsPipeline} says what the answers mean.
 */
package io.riffle.operations.overview;
