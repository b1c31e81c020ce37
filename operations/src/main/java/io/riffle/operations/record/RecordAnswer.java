package io.riffle.operations.record;

import io.riffle.operations.record.FieldAnswer.Standing;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of a key.
 *
 * @param partition on which its records are
 * @param windows what of the raw topics was seen
 * @param written the envelope of the merged record that wrote the row, while that is kept
 * @param deleted version of the delete, where the key was deleted and its merged record is there
 * @param fields by row and column, in the table's order
 * @param waiting what is parked
 * @param rejects of the deliveries that were seen
 */
public record RecordAnswer(
    AskedKey key,
    int partition,
    StoredRecord stored,
    List<Window> windows,
    KeyTrace trace,
    Optional<Merge> written,
    Optional<Version> deleted,
    List<FieldAnswer> fields,
    List<WaitingField> waiting,
    List<KeyReject> rejects,
    Lag lag,
    SourceFiles files) {

  public RecordAnswer {
    windows = List.copyOf(windows);
    fields = List.copyOf(fields);
    waiting = List.copyOf(waiting);
    rejects = List.copyOf(rejects);
  }

  /** Whether anything at all is known of the key. */
  public boolean isKnown() {
    return stored.version().isPresent()
        || !stored.rows().isEmpty()
        || stored.deleted().isPresent()
        || stored.parked().isPresent()
        || !trace.deliveries().isEmpty();
  }

  /** Whether every record that was ever delivered was seen. */
  public boolean isComplete() {
    return windows.stream().allMatch(Window::isComplete);
  }

  /** How far back all topics can be seen; empty where one of them has nothing to see. */
  public Optional<Instant> since() {
    return windows.stream().anyMatch(window -> window.since().isEmpty())
        ? Optional.empty()
        : windows.stream().flatMap(w -> w.since().stream()).max(Comparator.naturalOrder());
  }

  /** The record of a version. */
  public Setter setter(Version version) {
    return new Setter(version, files.of(version), trace.bringing(version));
  }

  /** How many fields stand so. */
  public long count(Standing standing) {
    return fields.stream().filter(field -> field.standing() == standing).count();
  }

  /** Rejects of the sink that nobody has settled. */
  public List<KeyReject> refusedBySink() {
    return rejects.stream()
        .filter(reject -> reject.stage().equals("SINK"))
        .filter(reject -> List.of("OPEN", "REDRIVING", "DISCARDED").contains(reject.status()))
        .toList();
  }

  /** Whether the records that were seen say of the key's existence what the table does. */
  boolean isOutOfStep() {
    boolean inTable = stored.version().isPresent();
    boolean exists = trace.state().exists();
    return isDeletedSince() || (isComplete() ? inTable != exists : exists && isMissing());
  }

  private boolean isDeletedSince() {
    Optional<Version> since = trace.state().marks().deleted();
    return since.isPresent()
        && written.filter(merge -> since.get().isNewerThan(merge.full())).isPresent();
  }

  /** Neither in the table nor, as far as is known, deleted by a newer record. */
  private boolean isMissing() {
    Optional<Version> full = trace.state().marks().full();
    boolean newer = deleted.isEmpty() || full.filter(f -> f.isNewerThan(deleted.get())).isPresent();
    return stored.version().isEmpty() && (stored.deleted().isEmpty() || newer);
  }

  /** Values are health data. */
  @Override
  public String toString() {
    return "RecordAnswer[" + key + "]";
  }
}
