/**
 * Sample source databases for demos, tests and measurements. Start at {@link
 * io.riffle.samples.SampleSource}, which makes and fills one; {@link
 * io.riffle.samples.change.ChangeWriter} changes its rows, {@link
 * io.riffle.samples.compare.StagingComparison} says whether staging tables equal it. All values are
 * made up and look like it.
 */
package io.riffle.samples;
