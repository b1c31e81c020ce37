/**
 * Replays for the command line: makes plans, starts their runs, tells how far they are. Start at
 * {@link io.riffle.operations.replay.ReplayPlanner}, which looks at ledger, topics and files and
 * changes nothing; {@link io.riffle.operations.replay.ReplayRunner} hands a plan to who does it.
 */
package io.riffle.operations.replay;
