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
 *
 * <h2>Persons</h2>
 *
 * Lines of a person are years ({@link io.riffle.merge.rule.Shape#years}), and there is a history of
 * former identities ({@link io.riffle.merge.rule.Identities}).
 *
 * <ul>
 *   <li><b>A year is in the row</b> when the person exists and a record newer than the newest
 *       DELETE speaks of it: a FULL of that year, with or without month columns, or a MERGE record
 *       with at least one. A MERGE record that names a year and brings nothing makes none, and is
 *       never PARKED where the person exists.
 *   <li><b>Years do not touch each other.</b> A FULL touches the fields of its own year and of the
 *       person; a FULL of a file without the year's column touches no year. A year sent empty is a
 *       year of its own.
 *   <li><b>Each year has a newest FULL of its own</b>, which need not be the person's. A FULL that
 *       becomes it is APPLIED whatever it contains, as one that becomes the person's is.
 *   <li><b>A month that a FULL's layout lacks</b> stays as an older record of the same year has it.
 *   <li><b>The history is derived from the FULL records newer than the newest DELETE</b>, by
 *       version: of each run of equal identities that another one follows, the last record. Columns
 *       that are shown but not compared are those of that record. What a layout lacks is as the
 *       next older FULL has it, and null where none has: null and never said are one identity.
 *   <li><b>A late FULL that changes the history is APPLIED</b> though none of its fields won: it
 *       splits a run, becomes the last of one, or tells a column that newer ones do not say.
 *   <li><b>MERGE records make no history</b>, not even with columns of the identity.
 *   <li><b>Rows of files of former identities</b> are rows of the history as they are, each under
 *       its own version: equal ones stay two, the same one again is a DUPLICATE. They neither make
 *       runs nor end them. Without the person they wait, and are PARKED each time they come; they
 *       wait again when a late DELETE ends the person and is older than they are.
 * </ul>
 *
 * <h2>Keys that a file repeats</h2>
 *
 * The rule takes them as any records: the later one of the file wins. {@link
 * io.riffle.merge.rule.RepeatedKey} tells them, for the file's totals.
 */
package io.riffle.merge.rule;
