/**
 * The change of a set from one generation of its topics to the next: the merge state and all tables
 * are made anew, and topics may get other numbers of partitions.
 *
 * <p>Start at {@link io.riffle.operations.generation.GenerationRun}, which has the order of the
 * steps; {@link io.riffle.operations.generation.GenerationPlanner} makes the plan. Tables are
 * rebuilt by replays of their own. {@link io.riffle.operations.generation.SetTopics} tells
 * everybody else the names of the topics.
 */
package io.riffle.operations.generation;
