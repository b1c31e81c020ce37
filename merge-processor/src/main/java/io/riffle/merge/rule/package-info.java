/**
 * The merge rule in plain Java: what is known of a key, as a function of the set of its records.
 * Start at {@link io.riffle.merge.rule.MergeRule}; {@link io.riffle.merge.rule.KeyState} is what it
 * works on. Nothing here knows Kafka or Avro: a value is an opaque {@link
 * io.riffle.merge.rule.Slice}.
 *
 * <h2>Corner cases, decided</h2>
 *
 * <ul>
 *   <li><b>A record not newer than the newest DELETE</b> changes nothing and is not kept, MERGE
 *       records included: its outcome is DUPLICATE or OLDER, never PARKED, because nothing that
 *       could come later would make it count.
 *   <li><b>A late DELETE that is the newest DELETE but older than the newest FULL</b> is APPLIED:
 *       the key stays, and every field whose newest version is not newer than the DELETE (optional
 *       columns of older FULLs, old patches) is forgotten and becomes null. The whole record is
 *       emitted again.
 *   <li><b>A DELETE for a key that never existed</b> is kept and APPLIED: older records must not
 *       bring the key to life later, here or in the sink, so a removal is emitted.
 *   <li><b>A MERGE record newer than the DELETE, without a FULL newer than the DELETE</b>, waits.
 *       The FULL that brings the key finds it; nothing waits any more, except for absent lines.
 *   <li><b>A late older FULL</b> never changes which lines exist. It is APPLIED when it brings a
 *       field that no newer record has, which only an optional column can be that the newest FULL's
 *       layout lacks; else DUPLICATE or OLDER. A FULL is never PARKED: lines it has and the newest
 *       FULL has not are overtaken, they do not wait.
 *   <li><b>Fields of absent lines</b> are kept as long as they can matter again. The line can only
 *       come back with a FULL newer than the newest one, and that FULL brings all required columns.
 *       So a required column is kept only when newer than the newest FULL (a patch, then), an
 *       optional one always: a FULL of a narrower layout may bring the line back without it.
 *   <li><b>A MERGE record that addresses an absent line</b> is PARKED even when none of its fields
 *       is kept (overtaken by a newer patch that waits, or dead by the rule above): the outcome
 *       tells what the record found, not what became of it.
 *   <li><b>A FULL that drops a line with patches</b> makes those of them that can still matter wait
 *       again.
 *   <li><b>Key and line number are not fields</b>: they say where a record belongs, and a patch
 *       that brings nothing else never wins.
 *   <li><b>Winning is by version alone.</b> A newer record with equal values is APPLIED, the same
 *       version once more never wins. A DELETE or a FULL that becomes the newest is APPLIED
 *       whatever it contains.
 * </ul>
 */
package io.riffle.merge.rule;
