/**
 * Seeded changes of tables that have rows: start at {@link io.riffle.samples.change.ChangeWriter},
 * or at {@link io.riffle.samples.change.SteadyChanges} for a writer beside a test. Sessions have
 * transactions open at the same time and take turns in one thread, so that the same seed gives the
 * same changes in the same order of commits. Each row belongs to one session: none waits for
 * another's lock.
 */
package io.riffle.samples.change;
