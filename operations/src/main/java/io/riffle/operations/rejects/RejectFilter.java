package io.riffle.operations.rejects;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Which rejects are meant: those for which everything that is given holds.
 *
 * @param ids numbers of rejects; none for any
 * @param file S3 key or name of a data file, or the start of its manifest's S3 key
 * @param cause a reason, or an SQLSTATE
 * @param type a RIF type; with {@code _MERGE} only those of such entries
 * @param statuses none for any
 * @param since rejected then or later
 */
public record RejectFilter(
    List<Long> ids,
    Optional<String> file,
    Optional<String> cause,
    Optional<String> type,
    List<RejectStatus> statuses,
    Optional<Instant> since) {
  private static final int NAMED = 20;

  public RejectFilter {
    ids = List.copyOf(ids);
    statuses = List.copyOf(statuses);
  }

  /** Single rejects. */
  public static RejectFilter of(Long... ids) {
    return new RejectFilter(
        List.of(ids),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** Whether every reject is meant. */
  public boolean takesAll() {
    return ids.isEmpty() && file.isEmpty() && cause.isEmpty() && type.isEmpty() && since.isEmpty();
  }

  /** In words, for the record. */
  public String text() {
    StringJoiner text = new StringJoiner(", ");
    if (!ids.isEmpty()) {
      String more = ids.size() > NAMED ? " …" : "";
      text.add(ids.size() + " by number: " + ids.subList(0, Math.min(NAMED, ids.size())) + more);
    }
    cause.ifPresent(word -> text.add("cause " + word));
    type.ifPresent(name -> text.add("type " + name));
    file.ifPresent(key -> text.add("file " + key));
    since.ifPresent(moment -> text.add("since " + moment));
    return takesAll() ? "all" : text.toString();
  }
}
