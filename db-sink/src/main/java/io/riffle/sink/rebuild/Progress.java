package io.riffle.sink.rebuild;

/**
 * How far a rebuild is.
 *
 * @param done of the step, in what its step counts; all of a step may be less than {@code total}
 *     where a topic was compacted
 * @param total of the step, 0 where it is not counted
 * @param text what is waited for or was found, for people; may be empty
 */
public record Progress(Step step, long done, long total, String text) {
  static Progress of(Step step) {
    return new Progress(step, 0, 0, "");
  }
}
