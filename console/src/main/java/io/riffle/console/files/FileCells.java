package io.riffle.console.files;

import static io.riffle.console.html.Html.a;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Words;
import io.riffle.console.runbook.Runbook;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Cells of tables of files. */
final class FileCells {
  private FileCells() {}

  static Node state(FileStatus file) {
    boolean problem = file.totals().flatMap(Totals::problem).isPresent();
    return Runbook.link(
        file.state(), Badges.state(file.state(), problem ? Badges.Kind.BAD : kind(file.state())));
  }

  static Badges.Kind kind(String state) {
    return switch (state) {
      case "COMPLETED" -> Badges.Kind.GOOD;
      case "DISCOVERED", "PLANNED", "LOADING" -> Badges.Kind.BUSY;
      case "COMPLETED_WITH_REJECTS", "WAITING", "TOO_OLD", "FUTURE" -> Badges.Kind.WARN;
      case "REJECTED", "CONFLICT" -> Badges.Kind.BAD;
      default -> Badges.Kind.QUIET;
    };
  }

  /** The page of a manifest or of a file. */
  static Node link(String key, String text) {
    return a("/files/show?key=" + Html.encoded(key), text);
  }

  static String number(FileStatus file, ToLongFunction<Totals> which) {
    return file.totals().map(t -> Words.number(which.applyAsLong(t))).orElse(Words.NONE);
  }

  /** Why a file is as it is; never a value. */
  static Optional<String> why(FileStatus file) {
    Optional<String> text =
        file.totals().flatMap(Totals::problem).or(file::detail).or(file::reason);
    return text.map(
        t -> file.reason().filter(reason -> !reason.equals(t)).map(r -> r + ": ").orElse("") + t);
  }
}
