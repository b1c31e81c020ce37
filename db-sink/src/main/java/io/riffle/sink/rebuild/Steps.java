package io.riffle.sink.rebuild;

import java.util.function.Consumer;

/** Tells how far a rebuild is, whichever of its threads got on. */
final class Steps {
  private final Consumer<Progress> listener;
  private Progress now = Progress.of(Step.PREPARE);

  Steps(Consumer<Progress> listener) {
    this.listener = listener;
  }

  synchronized void begin(Step step, long done, long total) {
    tell(new Progress(step, done, total, ""));
  }

  void begin(Step step) {
    begin(step, 0, 0);
  }

  synchronized void advance(long more) {
    tell(new Progress(now.step(), now.done() + more, now.total(), now.text()));
  }

  synchronized void note(String text) {
    tell(new Progress(now.step(), now.done(), now.total(), text));
  }

  private void tell(Progress progress) {
    now = progress;
    listener.accept(progress);
  }
}
