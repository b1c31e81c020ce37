/**
 * What the processor keeps: the state of each key ({@link io.riffle.merge.state.StateCodec}) and
 * what became of the records of each attempt ({@link io.riffle.merge.state.Totals}), as bytes. Both
 * forms start with a format number. docs/decisions/0004-merge-state.md (of persons:
 * 0007-state-of-persons.md) tells what is kept and why the rest may be forgotten.
 */
package io.riffle.merge.state;
