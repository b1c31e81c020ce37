/**
 * Builds the tables of a type anew from its merged topic, beside the live ones, and puts them in
 * their place while readers read and the sink writes.
 *
 * <p>Start at {@link io.riffle.sink.rebuild.Rebuild}, which has the order of the steps. {@code
 * Scan} finds the last record of each key, {@code Load} copies those into the shadow tables, {@code
 * Structure} gives them indexes and constraints, {@code CatchUp} brings them to where the sink
 * stands, {@code Swap} exchanges them for the live ones with all that {@code Carried} knows of.
 * {@code Obstacles} says beforehand what could not be carried. Everything can be killed at any step
 * and run again.
 */
package io.riffle.sink.rebuild;
