package io.riffle.operations.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.ledger.FileStatus.Totals;
import java.util.List;

/** Files of the ledger for programs. */
public final class LedgerJson {
  private LedgerJson() {}

  /** Files, and the objects that no manifest lists. */
  public static ObjectNode of(List<FileStatus> files, UnlistedObjects unlisted) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("files", of(files));
    node.put("unlistedCount", unlisted.count());
    ArrayNode list = node.putArray("unlisted");
    unlisted.first().forEach(object -> describe(object, list.addObject()));
    return node;
  }

  /** Files alone. */
  public static ArrayNode of(List<FileStatus> files) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    files.forEach(file -> describe(file, list.addObject()));
    return list;
  }

  private static void describe(UnlistedObject object, ObjectNode node) {
    node.put("key", object.key()).put("bytes", object.bytes());
    node.put("lastModified", object.lastModified().toString());
    node.put("noticedAt", object.noticedAt().toString());
  }

  private static void describe(FileStatus file, ObjectNode node) {
    node.put("key", file.key());
    node.put("manifest", file.manifest()).put("file", file.file().orElse(null));
    node.put("type", file.type().orElse(null)).put("state", file.state());
    node.put("reason", file.reason().orElse(null)).put("detail", file.detail().orElse(null));
    file.totals().ifPresent(totals -> describe(totals, node.putObject("totals")));
    ArrayNode rejects = node.putArray("rejects");
    file.rejects().forEach(reject -> describe(reject, rejects.addObject()));
  }

  private static void describe(RejectedRecord reject, ObjectNode node) {
    node.put("line", reject.line()).put("column", reject.column().orElse(null));
    node.put("reason", reject.reason()).put("status", reject.status());
  }

  private static void describe(Totals totals, ObjectNode node) {
    node.put("attempt", totals.attempt()).put("lines", totals.lines());
    node.put("records", totals.records()).put("done", totals.done());
    node.put("applied", totals.applied()).put("older", totals.older());
    node.put("duplicate", totals.duplicate()).put("parked", totals.parked());
    node.put("rejected", totals.rejected()).put("redriven", totals.redriven());
    node.put("repeatedKeys", totals.repeatedKeys());
    node.put("seconds", totals.seconds());
    node.put("recordsPerSecond", totals.recordsPerSecond());
    node.put("problem", totals.problem().orElse(null));
  }
}
