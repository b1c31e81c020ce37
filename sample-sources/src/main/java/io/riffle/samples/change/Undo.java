package io.riffle.samples.change;

/** A change of an open transaction, and how the writer forgets it when that is rolled back. */
record Undo(String table, ChangeKind kind, Runnable forget) {}
