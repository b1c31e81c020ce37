package io.riffle.operations.replay;

/**
 * What an operator wants.
 *
 * @param forced whether rows of the same version are written again
 * @param by who wants it, for the record
 */
public record ReplayRequest(
    Scope scope, StartAt start, ReplayMode mode, boolean forced, String by) {

  /** How it was asked for, as it is kept. */
  String text() {
    return scope.text() + start.text();
  }
}
