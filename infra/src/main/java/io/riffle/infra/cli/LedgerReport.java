package io.riffle.infra.cli;

import io.riffle.operations.ledger.LedgerJson;
import io.riffle.operations.ledger.UnlistedObject;
import io.riffle.operations.ledger.UnlistedObjects;
import java.util.regex.Pattern;

/**
 * Files, and below them the objects that no manifest lists, if there are any; or one JSON object.
 */
final class LedgerReport {

  private static final int MOST_NAMED = 10;

  /** What could move the cursor, or the text around it. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private final FileReport files;
  private final UnlistedObjects unlisted;

  LedgerReport(FileReport files, UnlistedObjects unlisted) {
    this.files = files;
    this.unlisted = unlisted;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json() : table());
  }

  String table() {
    StringBuilder text = new StringBuilder(files.table());
    if (unlisted.count() > 0) {
      text.append("\n\n").append(heading());
      unlisted.first().stream().limit(MOST_NAMED).forEach(object -> text.append(line(object)));
      long more = unlisted.count() - Math.min(MOST_NAMED, unlisted.first().size());
      text.append(more > 0 ? "\nand " + more + " more" : "");
    }
    return text.toString();
  }

  private String heading() {
    return unlisted.count() == 1
        ? "1 object that no manifest lists, so nothing loads it (docs/contracts.md):"
        : unlisted.count()
            + " objects that no manifest lists, so nothing loads them (docs/contracts.md):";
  }

  private static String line(UnlistedObject object) {
    String key = UNSEEN.matcher(object.key()).replaceAll("?");
    return "\n" + key + ", " + object.bytes() + " bytes, of " + object.lastModified();
  }

  String json() {
    return LedgerJson.of(files.files(), unlisted).toString();
  }
}
