package io.riffle.console.files;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.field;

import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Forms;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.SkipReason;
import java.util.List;
import java.util.Set;

/** What an operator may do about a file, or about those of a data set; the ledger decides. */
final class FileActions {
  static final Set<String> SKIPPABLE =
      Set.of("DISCOVERED", "WAITING", "FUTURE", "TOO_OLD", "REJECTED", "CONFLICT");
  static final Set<String> RETRIABLE = Set.of("SKIPPED", "REJECTED");

  private FileActions() {}

  /**
   * Forms for what can be done.
   *
   * @param key of what was asked for: a file, a manifest, a data set
   * @param reason for skipping, as somebody typed it before
   */
  static Node of(String key, List<FileStatus> files, String reason, Visitor visitor) {
    if (!files.stream().allMatch(file -> isOf(key, file))) {
      return Html.none(); // the begin of several data sets' keys: too much for one order
    }
    return div(
        files.stream().anyMatch(file -> may(file, RETRIABLE)) ? retry(key, visitor) : Html.none(),
        files.stream().anyMatch(file -> may(file, SKIPPABLE))
            ? skip(key, reason, visitor)
            : Html.none(),
        files.size() == 1 ? reload(files.get(0), visitor) : Html.none());
  }

  private static boolean isOf(String key, FileStatus file) {
    String folder = file.manifest().substring(0, file.manifest().lastIndexOf('/') + 1);
    return key.equals(file.key())
        || key.equals(file.manifest())
        || folder.equals(key.endsWith("/") ? key : key + "/");
  }

  /** Nothing that was published of a file shows as totals of a load. */
  private static boolean may(FileStatus file, Set<String> states) {
    return file.file().isPresent() && file.totals().isEmpty() && states.contains(file.state());
  }

  private static Node skip(String key, String reason, Visitor visitor) {
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/files/skip",
        cls("actions"),
        Forms.hidden("key", key),
        field(
            "Reason (no values)",
            attr("name", "reason"),
            attr("value", reason),
            attr("size", "40"),
            attr("maxlength", SkipReason.LONGEST)),
        button(cls("danger"), attr("title", "leave it alone, and let nobody wait for it"), "Skip"));
  }

  private static Node retry(String key, Visitor visitor) {
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/files/retry",
        cls("actions"),
        Forms.hidden("key", key),
        button(cls("primary"), attr("title", "look at it anew"), "Retry"));
  }

  private static Node reload(FileStatus file, Visitor visitor) {
    boolean read = file.loaded() || (file.state().equals("REJECTED") && file.totals().isPresent());
    if (file.file().isEmpty() || !read) {
      return Html.none();
    }
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/replays/plan",
        cls("actions"),
        Forms.hidden("page", "file"),
        Forms.hidden("what", "file"),
        Forms.hidden("name", file.key()),
        Forms.hidden("mode", "reingest"),
        button(attr("title", "read it from S3 once more"), "Reload from S3 …"));
  }
}
