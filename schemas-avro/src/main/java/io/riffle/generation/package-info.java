/**
 * Which generation of its topics a set is at: {@link io.riffle.generation.Generations} reads it
 * from the database, where all programs that have one look. How a set comes from one generation to
 * the next is not here.
 */
package io.riffle.generation;
