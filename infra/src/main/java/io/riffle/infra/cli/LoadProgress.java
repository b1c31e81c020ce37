package io.riffle.infra.cli;

import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import java.util.List;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Records done of a load: a bar on a terminal, nothing where nobody watches. */
final class LoadProgress implements Consumer<List<FileStatus>>, AutoCloseable {

  private final boolean watched;
  private ProgressBar bar;

  LoadProgress(boolean watched) {
    this.watched = watched;
  }

  /** On a terminal (the launcher tells), unless the output is for a program. */
  static LoadProgress of(StackOptions options) {
    return new LoadProgress(Boolean.getBoolean("riffle.terminal") && !options.json());
  }

  @Override
  public void accept(List<FileStatus> files) {
    if (!watched) {
      return;
    }
    if (bar == null) {
      bar = bar();
    }
    bar.maxHint(sum(files, true));
    bar.stepTo(sum(files, false));
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("loading")
        .setUnit(" records", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(0)
        .setUpdateIntervalMillis(200)
        .showSpeed()
        .build();
  }

  private static long sum(List<FileStatus> files, boolean all) {
    return files.stream()
        .flatMap(file -> file.totals().stream())
        .mapToLong(all ? Totals::records : Totals::done)
        .sum();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
